# Signals, their masks and timers; select, poll and epoll; atexit.
import atexit
import os
import select
import signal
import time

atexit.register(print, 'bye')
signal.signal(signal.SIGINT, signal.default_int_handler)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.getsignal(signal.SIGTERM))
def h(n,f): print('got', n, f is not None and f.f_lineno>0)
print(signal.signal(signal.SIGALRM, h))
signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(0.1)
signal.raise_signal(signal.SIGALRM)
os.kill(os.getpid(), signal.SIGALRM)
try: signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt: print('KI')
try: signal.signal(9, h)
except OSError as e: print(e)
print(len(signal.valid_signals()), signal.strsignal(2))
r,w=os.pipe()
print(select.select([r],[w],[],0))
os.write(w,b'x')
p=select.poll(); p.register(r, select.POLLIN); print(p.poll(100))
with select.epoll() as e:
    e.register(r, select.EPOLLIN); print(e.poll(1))
old=signal.pthread_sigmask(signal.SIG_BLOCK,{signal.SIGUSR1}); os.kill(os.getpid(), signal.SIGUSR1); print(signal.sigpending(), signal.sigwait([signal.SIGUSR1]))

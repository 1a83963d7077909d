#include "profiler/record/watcher.h"

#include "runtime/interp/signals.h"

#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <ctime>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

namespace pyc::profile {
namespace {

sem_t wakeup;
std::atomic<bool> isEnding, isTerminated, isAsked;
pthread_t thread;
bool isRunning = false;
double seconds;
void (*writeProfileNow)();

/// Only what a signal handler may do.
void noteSignal(int number) {
  int saved = errno;
  (number == SIGTERM ? isTerminated : isAsked) = true;
  sem_post(&wakeup);
  errno = saved;
}

/// Of the signal that arrived, as if nothing had been installed.
void die() {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, nullptr);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, SIGTERM);
  pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
  kill(getpid(), SIGTERM);
}

/// Sleeps until a signal or the end, at most for the interval.
void sleepUntilNeeded() {
  if (seconds <= 0) {
    sem_wait(&wakeup);
    return;
  }
  timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  double whole = std::floor(seconds);
  until.tv_sec += static_cast<time_t>(whole);
  until.tv_nsec += static_cast<long>((seconds - whole) * 1e9);
  if (until.tv_nsec >= 1000000000) {
    ++until.tv_sec;
    until.tv_nsec -= 1000000000;
  }
  if (sem_timedwait(&wakeup, &until) != 0 && errno == ETIMEDOUT)
    isAsked = true;
}

void* watch(void*) {
  while (!isEnding) {
    sleepUntilNeeded();
    if (isEnding)
      break;
    bool dies = isTerminated;
    if (isAsked.exchange(false) || dies)
      writeProfileNow();
    if (dies)
      die();
  }
  return nullptr;
}

/// The program's signals go to the program's threads.
void startThread() {
  sem_init(&wakeup, 0, 0);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  isRunning = pthread_create(&thread, nullptr, watch, nullptr) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

} // namespace

void startWatching(double interval, void (*write)()) {
  seconds = interval;
  writeProfileNow = write;
  startThread();
  if (!isRunning)
    return;
  for (int number : {SIGTERM, SIGUSR1})
    rt::setDefaultAction(number, noteSignal);
}

void stopWatching() {
  if (!isRunning)
    return;
  for (int number : {SIGTERM, SIGUSR1})
    rt::setDefaultAction(number, nullptr);
  isEnding = true;
  sem_post(&wakeup);
  pthread_join(thread, nullptr);
  isRunning = false;
  if (isTerminated) // it came too late for the watcher
    die();
}

void rewatch() {
  if (!isRunning)
    return;
  isAsked = isTerminated = false;
  startThread();
}

} // namespace pyc::profile

# The system's functions: paths, descriptors, errors.
import os

root = f"/tmp/pyc-posix-{os.getpid()}"
os.mkdir(root)
os.chdir(root)

fd = os.open("a", os.O_CREAT | os.O_RDWR)
print(os.write(fd, b"hello"), os.lseek(fd, 1, os.SEEK_SET), os.read(fd, 3))
print(os.pread(fd, 9, 0), os.fstat(fd).st_size, os.get_inheritable(fd))
parts = [bytearray(2), bytearray(8)]
os.lseek(fd, 0, 0)
print(os.readv(fd, parts), parts)
os.close(fd)

os.symlink("a", "b")
os.mkdir("d")
os.link("a", "d/c")
print(sorted(os.listdir()), os.readlink("b"), os.readlink(b"b"))
with os.scandir() as entries:
    print(sorted((e.name, e.is_file(), e.is_dir(), e.is_symlink()) for e in entries))
os.utime("a", ns=(1_500_000_000, 2_000_000_001))
info = os.stat("b")
print(info.st_atime, info.st_mtime_ns, info[8], info.st_nlink)
os.rename("d/c", "d/e")
directory = os.open("d", os.O_RDONLY)
print(os.listdir(directory), os.stat("e", dir_fd=directory).st_size)
os.close(directory)
print(os.access("a", os.R_OK), os.access("zz", os.F_OK))
os.truncate("a", 2)
print(os.path.getsize("a"))


def attempt(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


attempt(os.stat, "zz")
attempt(os.rename, "zz", "yy")
attempt(os.rmdir, "d")
attempt(os.mkdir, b"d")
attempt(os.listdir, "a")
attempt(os.open, "x\0y", 0)
attempt(os.stat, 1.5)
attempt(os.mkdir, 3)
attempt(os.stat, 0, dir_fd=3)
attempt(os.close, 999)
attempt(os.fsync, "a")
attempt(os.execv, "a", [])
attempt(os.sysconf, "SC_NOTHING")
attempt(os.stat_result, (1, 2))
print(os.stat_result(range(10)))
print(os.path.normpath("//a/./b/../c//"), os.path.normpath("../../x/.."), os.path.splitroot("///a"))

os.environ["PYC_TEST"] = "1"
child = os.fork()
if child == 0:
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(os.system("exit $PYC_TEST") >> 8)
child = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 3"], os.environ)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

for name in ("a", "b", "d/e"):
    os.unlink(name)
os.rmdir("d")
os.rmdir(root)

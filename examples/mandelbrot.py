# args: 48
"""The Mandelbrot set as a picture: mandelbrot.py [WIDTH [FILE]] writes a PGM file, or text."""
import sys

DEPTH = 255
SHADES = " .:-=+*#%@"


def escape(c):
    z = 0j
    for step in range(DEPTH):
        z = z * z + c
        if z.real * z.real + z.imag * z.imag > 4.0:
            return step
    return DEPTH


def rows(width, height):
    for y in range(height):
        imaginary = 2.4 * y / (height - 1) - 1.2
        yield bytes(escape(complex(3.2 * x / (width - 1) - 2.3, imaginary)) for x in range(width))


def write_pgm(name, width, height):
    with open(name, "wb") as file:
        file.write(b"P5 %d %d %d\n" % (width, height, DEPTH))
        for row in rows(width, height):
            file.write(row)


def main():
    width = int(sys.argv[1]) if len(sys.argv) > 1 else 78
    if len(sys.argv) > 2:
        write_pgm(sys.argv[2], width, width * 3 // 4)
        return
    inside = 0
    for row in rows(width, width * 3 // 8):
        inside += row.count(DEPTH)
        print("".join(SHADES[min(step.bit_length(), 9)] for step in row).rstrip())
    print("points inside:", inside)


main()

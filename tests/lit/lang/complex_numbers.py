z = 3 + 4j
print(z, z.real, z.imag, abs(z), z.conjugate(), z * 1j, z / (1 - 1j), z**2, -z, z == 3 + 4j)
print(complex(1, -0.0), complex("1-2j"), 1j * 1j, 2j**0.5, complex(2), 1e20j, 0j)
print(f"{z:.1f}", hash(z) == hash(complex(3, 4)), (3 + 0j) == 3, z != None)
try:
    z < z
except TypeError as error:
    print(error)

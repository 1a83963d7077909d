# Hashes, HMAC and key derivation: known answers, lengths around the blocks' borders, copies.
import _blake2
import _hashlib
import _hmac
import _md5
import _sha1
import _sha2
import _sha3

for make in (_md5.md5, _sha1.sha1, _sha2.sha224, _sha2.sha256, _sha2.sha384, _sha2.sha512, _sha3.sha3_224,
             _sha3.sha3_256, _sha3.sha3_384, _sha3.sha3_512, _blake2.blake2b, _blake2.blake2s):
    h = make(b"abc")
    copy = h.copy()
    print(h.name, h.digest_size, h.block_size, h.hexdigest()[:32])
    for size in (h.block_size - 1, h.block_size, 3 * h.block_size + 1):
        for start in range(0, size, 7):
            h.update(bytes(range(256))[start:min(start + 7, size)])
    print(h.hexdigest()[-32:], copy.hexdigest() == make(b"abc").hexdigest())
for make in (_sha3.shake_128, _sha3.shake_256):
    print(make(b"abc").hexdigest(20), len(make().digest(1000)), make(b"x" * 500).digest(200)[-4:])
print(_blake2.blake2b(b"abc", digest_size=20, key=b"key", salt=b"salt", person=b"me", fanout=2, depth=3,
                      leaf_size=4, node_offset=5, node_depth=1, inner_size=32, last_node=True).hexdigest())
print(_blake2.blake2s(b"abc", key=b"k" * 32, node_offset=2**40).hexdigest())
for name in ("SHA512-256", "sha512_224", "ripemd160", "blake2s256"):
    print(_hashlib.new(name, b"abc").hexdigest())
print(_hashlib.hmac_digest(b"key", b"message", "sha256").hex(), _hmac.compute_md5(b"k" * 100, b"m").hex())
print(_hmac.new(b"key", b"message", "sha3_256").hexdigest())
print(_hashlib.pbkdf2_hmac("sha512", b"password", b"salt", 10, 70).hex())
print(_hashlib.scrypt(b"password", salt=b"salt", n=16, r=2, p=3, dklen=40).hex())
print(_hashlib.compare_digest(b"a", b"a"), _hashlib.compare_digest("a", "b"))
for call in (lambda: _md5.md5("a"), lambda: _hashlib.new("none"), lambda: _blake2.blake2b(digest_size=65)):
    try:
        call()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

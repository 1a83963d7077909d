#include "runtime/modules/binascii_parts.h"
#include "runtime/modules/mask_argument.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <cstdlib>
#include <zlib.h>

namespace pyc::rt {

constinit TypeObject binasciiErrorType = moduleException("binascii.Error", valueErrorType);

namespace {
constinit TypeObject incompleteType = moduleException("binascii.Incomplete", exceptionType);
}

// Arguments.

bool EncodedInput::open(Value argument) {
  if (isStr(argument)) {
    if (!asStr(argument)->isAscii())
      return raise(valueErrorType, "string argument should contain only ASCII characters");
    text_ = asStr(argument)->asciiView();
    return true;
  }
  if (!hasBuffer(argument))
    return raise(typeErrorType, "argument should be bytes, buffer or ASCII string, not '%T'",
                 argument);
  if (!bytes_.open(argument))
    return false;
  text_ = bytes_.get();
  return true;
}

bool IgnoredChars::open(Value argument) {
  if (!argument)
    return true;
  BytesLike chars;
  if (!chars.open(argument))
    return false;
  for (unsigned char c : chars.get())
    table_[c] = true;
  return true;
}

bool wrapArgument(Value argument, uint64_t& width) {
  if (!argument)
    return true;
  PYC_TRY(number, toIndex(argument));
  if (intSign(number) < 0)
    return raise(valueErrorType, "Cannot convert negative int");
  return intFitsUnsigned64(number, width) ||
         static_cast<bool>(raise(overflowErrorType, "Python int too large for C size_t"));
}

std::string wrapText(std::string_view text, uint64_t width) {
  std::string out;
  if (width == 0)
    return std::string(text);
  for (size_t at = 0; at < text.size(); at += width) {
    if (at)
      out += '\n';
    out += text.substr(at, width);
    if (width >= text.size())
      break;
  }
  return out;
}

namespace {
bool checkAlphabet(std::string_view given, size_t size, std::string& alphabet) {
  if (given.size() != size)
    return raise(valueErrorType, "alphabet must have length %zu", size);
  alphabet = given;
  return true;
}
} // namespace

bool alphabetArgument(Value argument, size_t size, std::string& alphabet) {
  if (!argument)
    return true;
  BytesLike given;
  return given.open(argument) && checkAlphabet(given.get(), size, alphabet);
}

bool decoderAlphabet(const char* function, Value argument, size_t size, std::string& alphabet) {
  if (!argument)
    return true;
  if (!isBytes(argument))
    return raiseBadArgument(function, "alphabet", "bytes", argument);
  return checkAlphabet(asBytes(argument)->view(), size, alphabet);
}

namespace {

// Hexadecimal digits.

bool separatorArgument(Value argument, std::string& separator) {
  if (!argument)
    return true;
  int64_t count;
  if (!length(argument, count))
    return false;
  if (count != 1)
    return raise(valueErrorType, "sep must be length 1.");
  if (isStr(argument)) {
    if (!asStr(argument)->isNarrow())
      return raise(valueErrorType, "sep must be ASCII.");
    separator = static_cast<char>(asStr(argument)->at(0));
  } else if (isBytes(argument)) {
    separator = asBytes(argument)->view();
  } else {
    return raise(typeErrorType, "sep must be str or bytes.");
  }
  return true;
}

/// args: data, sep, bytes_per_sep
Ref hexlify(const Value* args) {
  BytesLike data;
  std::string separator;
  int group = 1;
  if (!data.open(args[1]) || !separatorArgument(args[2], separator) ||
      (args[3] && !intArg(args[3], group)))
    return {};
  if (group == 0)
    separator.clear();
  std::string out;
  int64_t size = data.size(), step = std::abs(static_cast<int64_t>(group));
  for (int64_t i = 0; i < size; ++i) {
    // Positive counts are from the right end.
    if (i && !separator.empty() && (group > 0 ? size - i : i) % step == 0)
      out += separator;
    out += "0123456789abcdef"[data.data()[i] >> 4];
    out += "0123456789abcdef"[data.data()[i] & 15];
  }
  return makeBytes(out);
}

/// args: hexstr, ignorechars
Ref unhexlify(const Value* args) {
  EncodedInput input;
  IgnoredChars ignored;
  if (!input.open(args[1]) || !ignored.open(args[2]))
    return {};
  std::string out;
  int high = -1;
  for (unsigned char c : input.get()) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                       : -1;
    if (digit < 0) {
      if (!ignored.has(c))
        return raise(binasciiErrorType, "Non-hexadecimal digit found");
    } else if (high < 0) {
      high = digit;
    } else {
      out += static_cast<char>(high << 4 | digit);
      high = -1;
    }
  }
  if (high >= 0)
    return raise(binasciiErrorType, "Odd number of hexadecimal digits");
  return makeBytes(out);
}

// Check sums.

Ref crc32(const Value* args) {
  BytesLike data;
  uint32_t sum = 0;
  if (!data.open(args[1]) || !maskArgument(args[2], sum))
    return {};
  return makeInt(
      static_cast<uint32_t>(crc32_z(sum, data.data(), static_cast<z_size_t>(data.size()))));
}

/// CRC-CCITT: x^16 + x^12 + x^5 + 1.
Ref crcHqx(const Value* args) {
  BytesLike data;
  uint32_t sum = 0;
  if (!data.open(args[1]) || !maskArgument(args[2], sum))
    return {};
  sum &= 0xFFFF;
  for (unsigned char byte : data.get()) {
    sum ^= static_cast<uint32_t>(byte) << 8;
    for (int bit = 0; bit < 8; ++bit)
      sum = sum & 0x8000 ? (sum << 1 ^ 0x1021) & 0xFFFF : sum << 1;
  }
  return makeInt(sum);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "a2b_ascii85($module, data, /, *, foldspaces=False, adobe=False,\n            "
                  "ignorechars=b'', canonical=False)",
     .bound = a2bAscii85,
     .doc = "The bytes that Ascii85 stands for."},
    {.signature = "a2b_base32($module, data, /, *, padded=True, alphabet=BASE32_ALPHABET,\n"
                  "           ignorechars=b'', canonical=False)",
     .bound = a2bBase32,
     .doc = "The bytes that base32 stands for."},
    {.signature = "a2b_base64($module, data, /, *, strict_mode=<unrepresentable>,\n           "
                  "padded=True, alphabet=BASE64_ALPHABET,\n           "
                  "ignorechars=<unrepresentable>, canonical=False)",
     .bound = a2bBase64,
     .doc = "The bytes that base64 stands for."},
    {.signature = "a2b_base85($module, data, /, *, alphabet=BASE85_ALPHABET,\n           "
                  "ignorechars=b'', canonical=False)",
     .bound = a2bBase85,
     .doc = "The bytes that Base85 stands for."},
    {.signature = "a2b_hex($module, hexstr, /, *, ignorechars=b'')",
     .bound = unhexlify,
     .doc = "The bytes that hexadecimal digits stand for."},
    {.signature = "a2b_qp($module, /, data, header=False)",
     .bound = a2bQuoted,
     .doc = "The bytes that quoted-printable text stands for."},
    {.signature = "a2b_uu($module, data, /)",
     .bound = a2bUu,
     .doc = "The bytes that a uuencoded line stands for."},
    {.signature = "b2a_ascii85($module, data, /, *, foldspaces=False, wrapcol=0,\n            "
                  "pad=False, adobe=False)",
     .bound = b2aAscii85,
     .doc = "Data as Ascii85."},
    {.signature = "b2a_base32($module, data, /, *, padded=True, wrapcol=0,\n           "
                  "alphabet=BASE32_ALPHABET)",
     .bound = b2aBase32,
     .doc = "Data as base32."},
    {.signature = "b2a_base64($module, data, /, *, padded=True, wrapcol=0, newline=True,\n"
                  "           alphabet=BASE64_ALPHABET)",
     .bound = b2aBase64,
     .doc = "Data as base64, with a line break at the end."},
    {.signature = "b2a_base85($module, data, /, *, pad=False, wrapcol=0,\n           "
                  "alphabet=BASE85_ALPHABET)",
     .bound = b2aBase85,
     .doc = "Data as Base85."},
    {.signature = "b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)",
     .bound = hexlify,
     .doc = "Data as hexadecimal digits."},
    {.signature = "b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)",
     .bound = b2aQuoted,
     .doc = "Data as quoted-printable text."},
    {.signature = "b2a_uu($module, data, /, *, backtick=False)",
     .bound = b2aUu,
     .doc = "At most 45 bytes as a uuencoded line."},
    {.signature = "crc32($module, data, crc=0, /)",
     .bound = crc32,
     .doc = "The CRC-32 check sum of data, going on from crc."},
    {.signature = "crc_hqx($module, data, crc, /)",
     .bound = crcHqx,
     .doc = "The CRC-CCITT check sum of data, going on from crc."},
    {.signature = "hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)",
     .bound = hexlify,
     .doc = "Data as hexadecimal digits."},
    {.signature = "unhexlify($module, hexstr, /, *, ignorechars=b'')",
     .bound = unhexlify,
     .doc = "The bytes that hexadecimal digits stand for."},
};

struct Alphabet {
  const char* name;
  std::string_view text;
};
constexpr Alphabet kAlphabets[] = {
    {"BASE64_ALPHABET", kBase64},
    {"URLSAFE_BASE64_ALPHABET", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"},
    {"UU_ALPHABET", " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"},
    {"CRYPT_ALPHABET", "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    {"BINHEX_ALPHABET", "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"},
    {"BASE85_ALPHABET", kBase85},
    {"ASCII85_ALPHABET", "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                         "abcdefghijklmnopqrstu"},
    {"Z85_ALPHABET",
     "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"},
    {"BASE32_ALPHABET", kBase32},
    {"BASE32HEX_ALPHABET", "0123456789ABCDEFGHIJKLMNOPQRSTUV"},
};

bool addAlphabets(ModuleObject* module) {
  for (const Alphabet& alphabet : kAlphabets)
    if (!addValue(module, alphabet.name, makeBytes(alphabet.text)))
      return false;
  return true;
}

} // namespace

bool fillModule_binascii(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addType(module, binasciiErrorType) && addType(module, incompleteType) &&
         addAlphabets(module) &&
         addStr(module, "__doc__", "Binary data as text of ASCII characters, and back.");
}

} // namespace pyc::rt

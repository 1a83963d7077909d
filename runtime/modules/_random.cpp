// The module _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), number for
// number as CPython seeds and draws from it.
#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <cerrno>
#include <sys/random.h>
#include <vector>

namespace pyc::rt {

namespace {

constexpr int kWords = 624;
constexpr int kMiddle = 397;

/// The generator proper.
struct Twister {
  uint32_t state[kWords];
  int index; // of the next word; kWords: a new round is due

  void seed(uint32_t number) {
    state[0] = number;
    for (uint32_t i = 1; i < kWords; ++i)
      state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    index = kWords;
  }

  void seed(const uint32_t* key, size_t length) {
    seed(19650218u);
    size_t i = 1, j = 0;
    auto wrap = [&] {
      if (++i >= kWords) {
        state[0] = state[kWords - 1];
        i = 1;
      }
    };
    for (size_t k = length > kWords ? length : kWords; k > 0; --k) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525u)) + key[j] +
                 static_cast<uint32_t>(j);
      wrap();
      if (++j >= length)
        j = 0;
    }
    for (int k = kWords - 1; k > 0; --k) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941u)) -
                 static_cast<uint32_t>(i);
      wrap();
    }
    state[0] = 0x80000000u;
  }

  uint32_t next() {
    if (index >= kWords)
      turn();
    uint32_t word = state[index++];
    word ^= word >> 11;
    word ^= (word << 7) & 0x9D2C5680u;
    word ^= (word << 15) & 0xEFC60000u;
    return word ^ (word >> 18);
  }

private:
  void turn() {
    int i = 0;
    for (; i < kWords - kMiddle; ++i)
      mix(i, i + 1, i + kMiddle);
    for (; i < kWords - 1; ++i)
      mix(i, i + 1, i + kMiddle - kWords);
    mix(i, 0, kMiddle - 1);
    index = 0;
  }

  void mix(int i, int next, int middle) {
    uint32_t mixed = (state[i] & 0x80000000u) | (state[next] & 0x7FFFFFFFu);
    state[i] = state[middle] ^ (mixed >> 1) ^ (-(mixed & 1) & 0x9908B0DFu);
  }
};

struct RandomObject {
  Object header;
  Twister twister;
};
Twister& twisterOf(Value value) {
  return value.as<RandomObject>()->twister;
}

// Seeding.

bool seedFromSystem(Twister& twister) {
  uint32_t key[kWords];
  auto* bytes = reinterpret_cast<char*>(key);
  for (size_t filled = 0; filled < sizeof key;) {
    ssize_t count = getrandom(bytes + filled, sizeof key - filled, 0);
    if (count < 0 && errno != EINTR)
      return raiseErrno(errno);
    filled += count > 0 ? static_cast<size_t>(count) : 0;
  }
  twister.seed(key, kWords);
  return true;
}

void seedFromInt(Twister& twister, const IntView& number) {
  std::vector<uint32_t> key;
  for (size_t i = 0; i < number.count; ++i) {
    key.push_back(static_cast<uint32_t>(number.limbs[i]));
    key.push_back(static_cast<uint32_t>(number.limbs[i] >> 32));
  }
  if (!key.empty() && key.back() == 0)
    key.pop_back();
  if (key.empty())
    key.push_back(0);
  twister.seed(key.data(), key.size());
}

bool seedFrom(Twister& twister, Value source) {
  if (!source || source.isNone())
    return seedFromSystem(twister);
  if (isInteger(source)) {
    bool isExact = source.isInt() || hasShape(source, kShapeInt);
    PYC_TRY(number, isExact ? Ref::copy(source) : unaryOp(UnaryOp::Abs, source));
    if (!isInteger(number))
      return raise(typeErrorType, "bad operand type for abs(): '%T'", source);
    seedFromInt(twister, IntView(number));
    return true;
  }
  int64_t code;
  if (!hash(source, code))
    return false;
  PYC_TRY(number, makeIntUnsigned(static_cast<uint64_t>(code)));
  seedFromInt(twister, IntView(number));
  return true;
}

// The type.

extern TypeObject randomType;

Ref create(TypeObject* type, const Value*, size_t, Value) {
  return Ref::steal(allocObject(type));
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = typeOf(self)->slots.init != randomType.slots.init;
  if ((!ownInit && !checkNoKeywords("Random", kwnames)) ||
      !checkArgumentCount("Random", argc, 0, 1))
    return false;
  return seedFrom(twisterOf(self), argc ? args[0] : Value());
}

Ref random(const Value* args) {
  Twister& twister = twisterOf(args[0]);
  uint32_t high = twister.next() >> 5, low = twister.next() >> 6;
  return Ref::number(Value::fromDouble((high * 67108864.0 + low) * (1.0 / 9007199254740992.0)));
}

Ref seed(const Value* args) {
  return seedFrom(twisterOf(args[0]), args[1]) ? Ref::none() : Ref();
}

Ref getstate(const Value* args) {
  Twister& twister = twisterOf(args[0]);
  PYC_TRY(result, newTuple(kWords + 1));
  for (int i = 0; i < kWords; ++i)
    asTuple(result)->items()[i] = Value::fromInt(twister.state[i]);
  asTuple(result)->items()[kWords] = Value::fromInt(twister.index);
  return result;
}

Ref setstate(const Value* args) {
  if (!isTuple(args[1]))
    return raise(typeErrorType, "state vector must be a tuple");
  TupleObject* given = asTuple(args[1]);
  if (given->count != kWords + 1)
    return raise(valueErrorType, "state vector is the wrong size");
  Twister fresh;
  for (int i = 0; i < kWords; ++i) {
    uint64_t word;
    if (!isInteger(given->items()[i]))
      return raise(typeErrorType, "an integer is required");
    if (!intFitsUnsigned64(given->items()[i], word))
      return intSign(given->items()[i]) < 0
                 ? raise(overflowErrorType, "can't convert negative value to unsigned int")
                 : raise(overflowErrorType, "Python int too large to convert to C unsigned long");
    fresh.state[i] = static_cast<uint32_t>(word);
  }
  int64_t index;
  if (!toInt64(given->items()[kWords], index, &overflowErrorType))
    return {};
  if (index < 0 || index > kWords)
    return raise(valueErrorType, "invalid state");
  fresh.index = static_cast<int>(index);
  twisterOf(args[0]) = fresh;
  return Ref::none();
}

Ref manyBits(Twister& twister, uint64_t bits) {
  uint64_t words = (bits - 1) / 32 + 1;
  size_t count = words / 2 + words % 2;
  IntObject* result = newInt(count);
  if (!result)
    return {};
  for (size_t i = 0; i < count; ++i)
    result->limbs()[i] = 0;
  for (uint64_t i = 0; i < words; ++i, bits -= 32) {
    uint64_t word = twister.next();
    if (bits < 32)
      word >>= 32 - bits;
    result->limbs()[i / 2] |= word << (i % 2 * 32);
    if (bits < 32)
      break;
  }
  return finishInt(result, count, false);
}

Ref getrandbits(const Value* args) {
  Twister& twister = twisterOf(args[0]);
  if (args[1].isInt() && args[1].asInt() > 0 && args[1].asInt() <= 32)
    return Ref::number(Value::fromInt(twister.next() >> (32 - args[1].asInt())));
  PYC_TRY(number, toIndex(args[1]));
  uint64_t bits;
  if (intSign(number) < 0)
    return raise(valueErrorType, "Cannot convert negative int");
  if (!intFitsUnsigned64(number, bits))
    return raise(overflowErrorType, "Python int too large for C uint64_t");
  if (bits == 0)
    return Ref::number(Value::fromInt(0));
  if (bits <= 32)
    return Ref::number(Value::fromInt(twister.next() >> (32 - bits)));
  if (bits > uint64_t(1) << 46)
    return raiseMemoryError();
  return manyBits(twister, bits);
}

constexpr MethodDef kMethods[] = {
    {.signature = "random($self, /)",
     .bound = random,
     .doc = "The next number x of 53 random bits, 0 <= x < 1."},
    {.signature = "seed($self, n=None, /)",
     .bound = seed,
     .doc = "Starts again from a number or other hashable object; from the system's randomness "
            "without one."},
    {.signature = "getstate($self, /)",
     .bound = getstate,
     .doc = "A tuple with the generator's whole state."},
    {.signature = "setstate($self, state, /)",
     .bound = setstate,
     .doc = "Goes on from what getstate() gave."},
    {.signature = "getrandbits($self, k, /)",
     .bound = getrandbits,
     .doc = "An int of k random bits."},
};

constinit TypeObject randomType = {
    .name = "_random.Random",
    .base = &objectType,
    .basicSize = sizeof(RandomObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .doc = "Random() -> create a random number generator with its own internal state.",
    .slots = {.dealloc = freeObject, .create = create, .init = init},
};

} // namespace

bool fillModule__random(ModuleObject* module) {
  allowQuietMethods(&randomType);
  return addType(module, randomType) &&
         addStr(module, "__doc__", "Random numbers of a Mersenne Twister.");
}

} // namespace pyc::rt

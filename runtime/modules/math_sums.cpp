// math: fsum, prod, sumprod.
#include "runtime/modules/math_functions.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"

#include <cmath>
#include <vector>

namespace pyc::rt {

namespace {

/// The exact sum of doubles, as doubles that do not overlap, ascending (Shewchuk 1997).
class ExactSum {
public:
  /// False with OverflowError.
  bool add(double x) {
    double given = x;
    size_t used = 0;
    for (double y : partials_) {
      if (std::fabs(x) < std::fabs(y))
        std::swap(x, y);
      DoubleLength sum = addOrdered(x, y);
      if (sum.low != 0)
        partials_[used++] = sum.low;
      x = sum.high;
    }
    partials_.resize(used);
    if (x == 0)
      return true;
    if (std::isfinite(x)) {
      partials_.push_back(x);
      return true;
    }
    // Infinities and NaNs are kept apart; finite numbers must not have made one.
    if (std::isfinite(given))
      return raise(overflowErrorType, "intermediate overflow in fsum");
    if (std::isinf(given))
      infinities_ += given;
    specials_ += given;
    partials_.clear();
    return true;
  }

  Ref result() {
    if (specials_ != 0) {
      if (std::isnan(infinities_))
        return raise(valueErrorType, "-inf + inf in fsum");
      return makeFloat(specials_);
    }
    return makeFloat(round());
  }

private:
  /// The double nearest to the sum.
  double round() const {
    size_t i = partials_.size();
    if (i == 0)
      return 0;
    double high = partials_[--i], low = 0;
    while (i > 0) {
      DoubleLength sum = addOrdered(high, partials_[--i]);
      high = sum.high;
      low = sum.low;
      if (low != 0)
        break;
    }
    // Half-way cases go to even only if nothing more follows on the same side.
    if (i > 0 && (low < 0) == (partials_[i - 1] < 0) && low != 0) {
      double twice = low * 2, moved = high + twice;
      if (twice == moved - high)
        high = moved;
    }
    return high;
  }

  std::vector<double> partials_;
  double specials_ = 0;
  double infinities_ = 0;
};

Ref fsum(const Value* args) {
  ExactSum sum;
  bool ok = forEach(args[0], [&](Value item) {
    double x;
    return toDouble(item, x) && sum.add(x);
  });
  return ok ? sum.result() : Ref();
}

Ref prod(const Value* args) {
  Ref result = args[1] ? Ref::copy(args[1]) : Ref::number(Value::fromInt(1));
  bool ok = forEach(args[0], [&](Value item) {
    result = binaryOp(BinaryOp::Mul, result, item);
    return static_cast<bool>(result);
  });
  return ok ? std::move(result) : Ref();
}

bool isExactInt(Value value) {
  return value.isInt() || hasShape(value, kShapeInt);
}

/// The sum of products: ints exactly, floats in triple precision, and what else there is (or what
/// does not fit) by its operators.
class ProductSum {
public:
  bool add(Value p, Value q) {
    if (ints_ && isExactInt(p) && isExactInt(q))
      return addGeneral(p, q); // exact by itself
    ints_ = false;
    double x, y;
    if (floats_ && takeFloats(p, q, x, y) && addFloats(x, y))
      return true;
    return endFloats() && addGeneral(p, q);
  }

  Ref result() { return endFloats() ? std::move(total_) : Ref(); }

private:
  /// One is a float, the other a float or int that becomes one.
  static bool takeFloats(Value p, Value q, double& x, double& y) {
    return (p.isDouble() || q.isDouble()) && takeFloat(p, x) && takeFloat(q, y);
  }
  static bool takeFloat(Value value, double& result) {
    if (value.isDouble())
      result = value.asDouble();
    else
      return (isExactInt(value) || value.isBool()) && intToDouble(value, result);
    return true;
  }
  /// Ogita, Rump, Oishi 2005, algorithm 5.10 for K = 3. False, with nothing done, on overflow.
  bool addFloats(double x, double y) {
    DoubleLength product = multiplyExactly(x, y);
    DoubleLength sum = addExactly(high_, product.high);
    if (!std::isfinite(sum.high))
      return false;
    DoubleLength low = addExactly(low_, product.low);
    DoubleLength middle = addExactly(low.high, sum.low);
    high_ = sum.high;
    low_ = middle.high;
    tiny_ += low.low + middle.low;
    pending_ = true;
    return true;
  }
  bool endFloats() {
    floats_ = false;
    if (!pending_)
      return true;
    pending_ = false;
    DoubleLength last = addExactly(low_, tiny_);
    DoubleLength first = addExactly(high_, last.high);
    total_ = binaryOp(BinaryOp::Add, total_,
                      Value::fromForeignDouble(first.high + (last.low + first.low)));
    return static_cast<bool>(total_);
  }
  bool addGeneral(Value p, Value q) {
    Ref product = binaryOp(BinaryOp::Mul, p, q);
    if (product)
      total_ = binaryOp(BinaryOp::Add, total_, product);
    return product && total_;
  }

  Ref total_ = Ref::number(Value::fromInt(0));
  bool ints_ = true;
  bool floats_ = true;
  bool pending_ = false; // there is something in the three below
  double high_ = 0, low_ = 0, tiny_ = 0;
};

Ref sumProd(const Value* args) {
  PYC_TRY(left, getIter(args[0]));
  PYC_TRY(right, getIter(args[1]));
  ProductSum sum;
  for (;;) {
    Ref p = iterNext(left);
    if (!p && isRaised())
      return {};
    Ref q = iterNext(right);
    if (!q && isRaised())
      return {};
    if (!p != !q)
      return raise(valueErrorType, "Inputs are not the same length");
    if (!p)
      return sum.result();
    if (!sum.add(p, q))
      return {};
  }
}

constexpr MethodDef kFunctions[] = {
    {.signature = "fsum(seq, /)",
     .bound = fsum,
     .doc = "Return an accurate floating-point sum of values in the iterable seq."},
    {.signature = "prod(iterable, /, *, start=1)",
     .bound = prod,
     .doc = "Calculate the product of all the elements in the input iterable."},
    {.signature = "sumprod(p, q, /)",
     .bound = sumProd,
     .doc = "Return the sum of products of values from two iterables p and q."},
};

} // namespace

std::span<const MethodDef> mathSums() {
  return kFunctions;
}

} // namespace pyc::rt

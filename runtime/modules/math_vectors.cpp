// math: hypot and dist, with an error below one unit in the last place.
#include "runtime/modules/math_functions.h"
#include "runtime/objects/tuple.h"

#include <cfloat>
#include <cmath>
#include <vector>

namespace pyc::rt {

namespace {

/// A sum of squares between 0 and the number of terms, with what rounding loses. The 1 that it
/// begins with keeps the largest term first, as exact addition asks.
struct SquareSum {
  double sum = 1, lostInProducts = 0, lostInSums = 0;

  void addProduct(double x, double y) {
    DoubleLength product = multiplyExactly(x, y);
    DoubleLength total = addOrdered(sum, product.high);
    sum = total.high;
    lostInProducts += product.low;
    lostInSums += total.low;
  }
  double value() const { return sum - 1 + (lostInProducts + lostInSums); }
};

/// Collects coordinates and tells their length as a vector.
class Norm {
public:
  /// For so many coordinates.
  explicit Norm(size_t count) {
    if (count > kFew) {
      many_.resize(count);
      coordinates_ = many_.data();
    }
  }
  Norm(const Norm&) = delete;
  Norm& operator=(const Norm&) = delete;

  void add(double x) {
    x = std::fabs(x);
    hasNan_ |= std::isnan(x);
    if (x > largest_)
      largest_ = x;
    coordinates_[count_++] = x;
  }

  double value() {
    if (std::isinf(largest_))
      return largest_;
    if (hasNan_)
      return __builtin_nan("");
    if (largest_ == 0 || count_ <= 1)
      return largest_;
    int exponent;
    std::frexp(largest_, &exponent);
    if (exponent >= -1023)
      return scaled(std::ldexp(1.0, -exponent));
    // The scale would be infinite: in two steps.
    for (size_t i = 0; i < count_; ++i)
      coordinates_[i] /= DBL_MIN;
    std::frexp(largest_ / DBL_MIN, &exponent);
    return DBL_MIN * scaled(std::ldexp(1.0, -exponent));
  }

private:
  /// The length, with all coordinates brought below 1 by a power of two, and one step of Newton's
  /// method on the exact remainder.
  double scaled(double scale) const {
    SquareSum squares;
    for (size_t i = 0; i < count_; ++i)
      squares.addProduct(coordinates_[i] * scale, coordinates_[i] * scale);
    double root = std::sqrt(squares.value());
    squares.addProduct(-root, root);
    root += squares.value() / (2 * root);
    return root / scale;
  }

  static constexpr size_t kFew = 8;
  double few_[kFew];
  std::vector<double> many_;
  double* coordinates_ = few_;
  size_t count_ = 0;
  double largest_ = 0;
  bool hasNan_ = false;
};

Ref hypotOf(const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "math.hypot() takes no keyword arguments");
  Norm norm(argc);
  for (size_t i = 0; i < argc; ++i) {
    double x;
    if (!toDouble(args[i], x))
      return {};
    norm.add(x);
  }
  return makeFloat(norm.value());
}

Ref dist(const Value* args) {
  PYC_TRY(p, sequenceTuple(args[0]));
  PYC_TRY(q, sequenceTuple(args[1]));
  if (asTuple(p)->count != asTuple(q)->count)
    return raise(valueErrorType, "both points must have the same number of dimensions");
  Norm norm(static_cast<size_t>(asTuple(p)->count));
  for (int64_t i = 0; i < asTuple(p)->count; ++i) {
    double x, y;
    if (!toDouble(asTuple(p)->items()[i], x) || !toDouble(asTuple(q)->items()[i], y))
      return {};
    norm.add(x - y);
  }
  return makeFloat(norm.value());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "dist(p, q, /)",
     .bound = dist,
     .doc = "Return the Euclidean distance between two points p and q."},
    {.signature = "hypot(*coordinates)",
     .raw = hypotOf,
     .doc = "Multidimensional Euclidean distance from the origin to a point."},
};

} // namespace

std::span<const MethodDef> mathVectors() {
  return kFunctions;
}

} // namespace pyc::rt

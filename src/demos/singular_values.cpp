#include "demos/singular_values.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace lens::demos {

namespace {

using Vector = std::vector<double>;

// A square matrix, row by row; symmetric wherever it is used.
struct Square {
  int size;
  Vector elements;

  explicit Square(int of)
      : size(of), elements(static_cast<std::size_t>(of) * static_cast<std::size_t>(of)) {}

  double* row(int i) { return elements.data() + std::ptrdiff_t{1} * i * size; }

  double& at(int i, int j) { return row(i)[j]; }
};

Vector column_means(const float* matrix, int rows, int columns) {
  Vector means(static_cast<std::size_t>(columns));
  double* mean = means.data();
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) mean[x] += matrix[std::ptrdiff_t{1} * y * columns + x];
  }
  for (double& sum : means) sum /= rows;
  return means;
}

// Adds the outer products of four vectors with themselves to the upper triangle. Four at a time,
// since each element of the sum is then loaded and stored once for four products.
void add_outer_products(Square& sum, const double* const vectors[4]) {
  const double* a = vectors[0];
  const double* b = vectors[1];
  const double* c = vectors[2];
  const double* d = vectors[3];
  for (int i = 0; i < sum.size; ++i) {
    double* to = sum.row(i);
    for (int j = i; j < sum.size; ++j) {
      to[j] += (a[i] * a[j] + b[i] * b[j]) + (c[i] * c[j] + d[i] * d[j]);
    }
  }
}

// The Gram matrix over the shorter side: the sum over the longer side of outer products.
Square gram(const float* matrix, int rows, int columns, const Vector& means) {
  const bool tall = rows >= columns;
  const int size = std::min(rows, columns);
  const int length = std::max(rows, columns);
  Square sum(size);
  std::vector<double> buffer(4 * static_cast<std::size_t>(size));
  const double* vectors[4] = {};
  for (int first = 0; first < length; first += 4) {
    for (int k = 0; k < 4; ++k) {
      double* vector = buffer.data() + std::ptrdiff_t{1} * k * size;
      vectors[k] = vector;
      for (int i = 0; i < size; ++i) {
        const int y = tall ? first + k : i;
        const int x = tall ? i : first + k;
        const bool inside = first + k < length;
        vector[i] = inside ? matrix[std::ptrdiff_t{1} * y * columns + x] -
                                 means[static_cast<std::size_t>(x)]
                           : 0;
      }
    }
    add_outer_products(sum, vectors);
  }
  for (int i = 0; i < size; ++i) {
    for (int j = 0; j < i; ++j) sum.at(i, j) = sum.at(j, i);
  }
  return sum;
}

struct Tridiagonal {
  Vector diagonal;
  Vector beside;  // beside[i] couples i and i + 1; the last is 0
};

// One Householder reflection of the trailing part after row k, which leaves row k with one element
// beside the diagonal; returns that element. Golub and Van Loan, "Matrix Computations", 8.3.1.
double reflect(Square& matrix, int k, Vector& direction, Vector& product) {
  const int begin = k + 1;
  const int size = matrix.size;
  double* v = direction.data();
  double* p = product.data();
  std::copy(matrix.row(k) + begin, matrix.row(k) + size, v + begin);
  const double length = std::sqrt(std::inner_product(v + begin, v + size, v + begin, 0.0));
  if (length == 0) return 0;
  const double beside = v[begin] > 0 ? -length : length;
  v[begin] -= beside;
  const double beta = 2 / std::inner_product(v + begin, v + size, v + begin, 0.0);

  // A becomes A - v q^T - q v^T with q = beta A v - (beta / 2)(beta v^T A v) v.
  std::fill(p + begin, p + size, 0.0);
  for (int i = begin; i < size; ++i) {
    const double* row = matrix.row(i);
    for (int j = begin; j < size; ++j) p[j] += beta * v[i] * row[j];
  }
  const double along = beta / 2 * std::inner_product(p + begin, p + size, v + begin, 0.0);
  for (int j = begin; j < size; ++j) p[j] -= along * v[j];
  for (int i = begin; i < size; ++i) {
    double* row = matrix.row(i);
    for (int j = begin; j < size; ++j) row[j] -= v[i] * p[j] + p[i] * v[j];
  }
  return beside;
}

Tridiagonal tridiagonalise(Square matrix) {
  const std::size_t size = static_cast<std::size_t>(matrix.size);
  Tridiagonal result{Vector(size), Vector(size)};
  Vector direction(size);
  Vector product(size);
  for (int k = 0; k + 1 < matrix.size; ++k) {
    result.beside[static_cast<std::size_t>(k)] = reflect(matrix, k, direction, product);
  }
  for (int k = 0; k < matrix.size; ++k) {
    result.diagonal[static_cast<std::size_t>(k)] = matrix.at(k, k);
  }
  return result;
}

// One implicit QL sweep with Wilkinson's shift over the unreduced part [first, last].
// Bowdler, Martin, Reinsch, Wilkinson, "The QR and QL algorithms for symmetric matrices", 1968.
void ql_sweep(double* d, double* e, int first, int last) {
  const double half_gap = (d[first + 1] - d[first]) / (2 * e[first]);
  const double root = std::copysign(std::hypot(half_gap, 1.0), half_gap);
  double bulge = d[last] - d[first] + e[first] / (half_gap + root);
  double cosine = 1;
  double sine = 1;
  double shift = 0;
  for (int i = last - 1; i >= first; --i) {
    const double f = sine * e[i];
    const double b = cosine * e[i];
    const double r = std::hypot(f, bulge);
    e[i + 1] = r;
    if (r == 0) {  // the part falls in two here
      d[i + 1] -= shift;
      e[last] = 0;
      return;
    }
    sine = f / r;
    cosine = bulge / r;
    const double lower = d[i + 1] - shift;
    const double turned = (d[i] - lower) * sine + 2 * cosine * b;
    shift = sine * turned;
    d[i + 1] = lower + shift;
    bulge = cosine * turned - b;
  }
  d[first] -= shift;
  e[first] = bulge;
  e[last] = 0;
}

// The eigenvalues, in no order.
Vector eigenvalues(Tridiagonal matrix) {
  constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
  double* d = matrix.diagonal.data();
  double* e = matrix.beside.data();
  const int size = static_cast<int>(matrix.diagonal.size());
  int first = 0;
  while (first < size) {
    int last = first;
    while (last + 1 < size &&
           std::abs(e[last]) > kEpsilon * (std::abs(d[last]) + std::abs(d[last + 1]))) {
      ++last;
    }
    if (last == first) {
      ++first;
    } else {
      ql_sweep(d, e, first, last);  // two or three per value: Wilkinson's shift always converges
    }
  }
  return matrix.diagonal;
}

double sum_of_squares(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

double largest(const Spectrum& spectrum) {
  return spectrum.values.empty() ? 0 : spectrum.values.front();
}

}  // namespace

Spectrum singular_values(std::span<const float> matrix, int rows, int columns, Centring centring) {
  assert(rows >= 1 && columns >= 1);
  assert(matrix.size() == static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  Spectrum spectrum;
  spectrum.rows = rows;
  spectrum.columns = columns;
  const Vector means = centring == Centring::per_column ? column_means(matrix.data(), rows, columns)
                                                        : Vector(static_cast<std::size_t>(columns));
  Square square = gram(matrix.data(), rows, columns, means);
  double trace = 0;
  for (int i = 0; i < square.size; ++i) trace += square.at(i, i);
  if (!std::isfinite(trace)) {
    spectrum.values.assign(static_cast<std::size_t>(square.size),
                           std::numeric_limits<double>::quiet_NaN());
    return spectrum;
  }
  spectrum.values = eigenvalues(tridiagonalise(std::move(square)));
  // Rounding may leave an eigenvalue of zero slightly below it.
  for (double& value : spectrum.values) value = std::sqrt(std::max(value, 0.0));
  std::sort(spectrum.values.rbegin(), spectrum.values.rend());
  return spectrum;
}

Spectrum singular_values(TensorView features, Centring centring) {
  return singular_values(features.data, features.shape.h * features.shape.w, features.shape.c,
                         centring);
}

int numerical_rank(const Spectrum& spectrum, double tolerance) {
  const double threshold = tolerance * largest(spectrum);
  return static_cast<int>(std::count_if(spectrum.values.begin(), spectrum.values.end(),
                                        [&](double value) { return value > threshold; }));
}

double rank_tolerance(const Spectrum& spectrum) {
  return std::max(1e-7, std::max(spectrum.rows, spectrum.columns) * 0x1p-23);
}

double energy_share(const Spectrum& spectrum, int k) {
  const double all = sum_of_squares(spectrum.values);
  if (!(all > 0)) return 0;
  const std::size_t kept = static_cast<std::size_t>(std::max(k, 0));
  return sum_of_squares(std::span(spectrum.values).first(std::min(kept, spectrum.values.size()))) /
         all;
}

double spectral_entropy(const Spectrum& spectrum) {
  const double sum = std::accumulate(spectrum.values.begin(), spectrum.values.end(), 0.0);
  double entropy = 0;
  for (const double value : spectrum.values) {
    if (value > 0) entropy -= value / sum * std::log(value / sum);
  }
  return entropy;
}

double effective_rank(const Spectrum& spectrum) {
  return largest(spectrum) > 0 ? std::exp(spectral_entropy(spectrum)) : 0;
}

}  // namespace lens::demos

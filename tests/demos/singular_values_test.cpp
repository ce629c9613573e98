#include "demos/singular_values.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

#include "catch2/catch.hpp"
#include "demos/random.h"

using namespace lens::demos;

namespace {

struct Matrix {
  int rows;
  int columns;
  std::vector<float> elements;

  Matrix(int of_rows, int of_columns)
      : rows(of_rows),
        columns(of_columns),
        elements(static_cast<std::size_t>(of_rows) * static_cast<std::size_t>(of_columns)) {}

  float& at(int y, int x) {
    return elements[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) +
                    static_cast<std::size_t>(x)];
  }

  float at(int y, int x) const { return const_cast<Matrix*>(this)->at(y, x); }

  Spectrum spectrum(Centring centring = Centring::none) const {
    return singular_values(elements, rows, columns, centring);
  }
};

Matrix random_matrix(int rows, int columns, std::uint64_t seed) {
  Matrix matrix(rows, columns);
  Random random(seed);
  for (float& element : matrix.elements) element = static_cast<float>(random.normal());
  return matrix;
}

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix result(a.rows, b.columns);
  for (int y = 0; y < a.rows; ++y) {
    for (int x = 0; x < b.columns; ++x) {
      for (int i = 0; i < a.columns; ++i) result.at(y, x) += a.at(y, i) * b.at(i, x);
    }
  }
  return result;
}

// Sylvester's matrix of +1 and -1, orthogonal but for the factor sqrt(size).
Matrix hadamard(int size) {
  Matrix matrix(size, size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      int sign = 1;
      for (int common = y & x; common != 0; common &= common - 1) sign = -sign;
      matrix.at(y, x) = static_cast<float>(sign);
    }
  }
  return matrix;
}

// Independent of the Gram matrix: one-sided Jacobi, which turns pairs of columns until all are
// orthogonal. Hestenes, 1958.
std::vector<double> by_one_sided_jacobi(const Matrix& matrix) {
  std::vector<std::vector<double>> columns(static_cast<std::size_t>(matrix.columns));
  for (int x = 0; x < matrix.columns; ++x) {
    for (int y = 0; y < matrix.rows; ++y) {
      columns[static_cast<std::size_t>(x)].push_back(matrix.at(y, x));
    }
  }
  const auto dot = [](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  };
  for (int sweep = 0; sweep < 12; ++sweep) {
    for (std::size_t p = 0; p + 1 < columns.size(); ++p) {
      for (std::size_t q = p + 1; q < columns.size(); ++q) {
        const double pq = dot(columns[p], columns[q]);
        if (pq == 0) continue;
        const double zeta = (dot(columns[q], columns[q]) - dot(columns[p], columns[p])) / (2 * pq);
        const double tangent = std::copysign(1.0, zeta) / (std::abs(zeta) + std::hypot(1.0, zeta));
        const double cosine = 1 / std::hypot(1.0, tangent);
        for (std::size_t i = 0; i < columns[p].size(); ++i) {
          const double before = columns[p][i];
          columns[p][i] = cosine * (before - tangent * columns[q][i]);
          columns[q][i] = cosine * (columns[q][i] + tangent * before);
        }
      }
    }
  }
  std::vector<double> values;
  for (const auto& column : columns) values.push_back(std::sqrt(dot(column, column)));
  std::sort(values.begin(), values.end(), std::greater<>());
  return values;
}

// What the header promises of a value.
double documented_error(double largest, double value) {
  return std::min(1e-14 * largest * largest / value, 1e-7 * largest);
}

double sum_of_squares(const Matrix& matrix) {
  double sum = 0;
  for (const float element : matrix.elements) sum += static_cast<double>(element) * element;
  return sum;
}

}  // namespace

TEST_CASE("singular values: of a diagonal matrix are its elements, sorted", "[demos]") {
  Matrix matrix(5, 3);
  matrix.at(0, 0) = -2;
  matrix.at(1, 1) = 0.5f;
  matrix.at(2, 2) = 7;
  const Spectrum spectrum = matrix.spectrum();
  REQUIRE(spectrum.rows == 5);
  REQUIRE(spectrum.columns == 3);
  REQUIRE(spectrum.values.size() == 3);
  REQUIRE(spectrum.values[0] == Approx(7).epsilon(1e-14));
  REQUIRE(spectrum.values[1] == Approx(2).epsilon(1e-14));
  REQUIRE(spectrum.values[2] == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("singular values: of an orthogonal matrix are all alike", "[demos]") {
  const int size = GENERATE(1, 2, 16, 64, 256);
  for (const double value : hadamard(size).spectrum().values) {
    REQUIRE(value == Approx(std::sqrt(size)).epsilon(1e-12));
  }
}

TEST_CASE("singular values: of the second difference follow its cosine formula", "[demos]") {
  const int size = GENERATE(2, 3, 10, 100);
  Matrix matrix(size, size);
  for (int i = 0; i < size; ++i) {
    matrix.at(i, i) = 2;
    if (i > 0) matrix.at(i, i - 1) = matrix.at(i - 1, i) = -1;
  }
  const Spectrum spectrum = matrix.spectrum();
  for (int i = 0; i < size; ++i) {
    const double angle = std::numbers::pi * (size - i) / (size + 1);
    const double expected = 2 - 2 * std::cos(angle);
    REQUIRE(spectrum.values[static_cast<std::size_t>(i)] ==
            Approx(expected).margin(documented_error(4, expected)).epsilon(0));
  }
}

TEST_CASE("singular values: equal one-sided Jacobi's on random matrices", "[demos]") {
  const auto [rows, columns] =
      GENERATE(table<int, int>({{1, 1}, {2, 2}, {7, 1}, {9, 4}, {50, 17}, {40, 40}, {333, 24}}));
  const Matrix matrix = random_matrix(rows, columns, 3);
  const std::vector<double> expected = by_one_sided_jacobi(matrix);
  const Spectrum spectrum = matrix.spectrum();
  REQUIRE(spectrum.values.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double error = documented_error(expected[0], expected[i]);
    REQUIRE(spectrum.values[i] == Approx(expected[i]).margin(error).epsilon(0));
  }
}

TEST_CASE("singular values: a matrix and its transpose share them", "[demos]") {
  const Matrix wide = random_matrix(13, 37, 5);
  Matrix tall(37, 13);
  for (int y = 0; y < 13; ++y) {
    for (int x = 0; x < 37; ++x) tall.at(x, y) = wide.at(y, x);
  }
  REQUIRE(wide.spectrum().values == tall.spectrum().values);
}

TEST_CASE("singular values: a product through three channels has rank three", "[demos]") {
  // Small whole numbers: the product is exact in floats.
  Matrix left(200, 3);
  Matrix right(3, 60);
  Random random(8);
  for (float& element : left.elements)
    element = std::floor(9 * static_cast<float>(random.uniform())) - 4;
  for (float& element : right.elements)
    element = std::floor(9 * static_cast<float>(random.uniform())) - 4;
  const Matrix matrix = product(left, right);
  const Spectrum spectrum = matrix.spectrum();
  REQUIRE(spectrum.values[2] > 0.1 * spectrum.values[0]);
  REQUIRE(spectrum.values[3] < 1e-7 * spectrum.values[0]);
  REQUIRE(numerical_rank(spectrum, rank_tolerance(spectrum)) == 3);
  REQUIRE(energy_share(spectrum, 3) == Approx(1).epsilon(1e-13));
  REQUIRE(energy_share(spectrum, 2) < 0.99);
}

TEST_CASE("singular values: an ill-conditioned matrix is exact as far as documented", "[demos]") {
  // Orthogonal columns, each half as long as the one before: the values are their lengths.
  constexpr int kSize = 32;
  const Matrix orthogonal = hadamard(kSize);
  Matrix matrix(kSize, 24);
  for (int y = 0; y < kSize; ++y) {
    for (int x = 0; x < 24; ++x) matrix.at(y, x) = std::ldexp(orthogonal.at(y, x), -x);
  }
  const Spectrum spectrum = matrix.spectrum();
  for (int i = 0; i < 24; ++i) {
    const double expected = std::ldexp(std::sqrt(kSize), -i);
    const double error = documented_error(std::sqrt(kSize), expected);
    REQUIRE(spectrum.values[static_cast<std::size_t>(i)] ==
            Approx(expected).margin(error).epsilon(0));
  }
}

TEST_CASE("singular values: a rotated ill-conditioned matrix keeps its exact values", "[demos]") {
  // H D H / 16 with D = 1, 1/2, ... 2^-15: elements are multiples of 2^-19 below 1, exact in
  // floats.
  constexpr int kSize = 16;
  const Matrix orthogonal = hadamard(kSize);
  Matrix scaled = orthogonal;
  for (int y = 0; y < kSize; ++y) {
    for (int x = 0; x < kSize; ++x) scaled.at(y, x) = std::ldexp(orthogonal.at(y, x), -x - 4);
  }
  const Spectrum spectrum = product(scaled, orthogonal).spectrum();
  for (int i = 0; i < kSize; ++i) {
    const double expected = std::ldexp(1.0, -i);
    REQUIRE(spectrum.values[static_cast<std::size_t>(i)] ==
            Approx(expected).margin(documented_error(1, expected)).epsilon(0));
  }
}

TEST_CASE("singular values: their squares add up to the matrix's", "[demos]") {
  const Matrix matrix = random_matrix(3136, 144, 2);
  double sum = 0;
  for (const double value : matrix.spectrum().values) sum += value * value;
  REQUIRE(sum == Approx(sum_of_squares(matrix)).epsilon(1e-12));
}

TEST_CASE("singular values: large Gaussian matrices fill Marchenko and Pastur's range", "[demos]") {
  const Spectrum spectrum = random_matrix(3136, 64, 4).spectrum();
  REQUIRE(spectrum.values.front() == Approx(std::sqrt(3136.0) + std::sqrt(64.0)).epsilon(0.03));
  REQUIRE(spectrum.values.back() == Approx(std::sqrt(3136.0) - std::sqrt(64.0)).epsilon(0.03));
}

TEST_CASE("singular values: centring equals taking the column means off first", "[demos]") {
  const auto [rows, columns] = GENERATE(table<int, int>({{60, 7}, {7, 60}}));
  Matrix matrix = random_matrix(rows, columns, 6);
  Matrix centred = matrix;
  for (int x = 0; x < columns; ++x) {
    double mean = 0;
    for (int y = 0; y < rows; ++y) mean += static_cast<double>(matrix.at(y, x)) / rows;
    for (int y = 0; y < rows; ++y) {
      centred.at(y, x) = static_cast<float>(matrix.at(y, x) - mean);
      matrix.at(y, x) += static_cast<float>(x);  // an offset per column must not matter
    }
  }
  const Spectrum got = matrix.spectrum(Centring::per_column);
  const Spectrum expected = centred.spectrum();
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    // Rounding to floats in this test, and none left of the last value of a wide matrix.
    REQUIRE(got.values[i] == Approx(expected.values[i]).margin(2e-5));
  }
  REQUIRE(matrix.spectrum().values[0] > 2 * got.values[0]);
}

TEST_CASE("singular values: a tensor is a positions x channels matrix", "[demos]") {
  const Matrix matrix = random_matrix(12, 5, 7);
  const lens::TensorView view = {{3, 4, 5}, matrix.elements};
  const Spectrum spectrum = singular_values(view);
  REQUIRE(spectrum.rows == 12);
  REQUIRE(spectrum.columns == 5);
  REQUIRE(spectrum.values == matrix.spectrum().values);
}

TEST_CASE("singular values: rank and entropy of alike and of single directions", "[demos]") {
  const Spectrum alike = hadamard(16).spectrum();
  REQUIRE(effective_rank(alike) == Approx(16));
  REQUIRE(spectral_entropy(alike) == Approx(std::log(16)));
  REQUIRE(energy_share(alike, 4) == Approx(0.25));
  REQUIRE(energy_share(alike, 0) == 0);
  REQUIRE(energy_share(alike, 99) == Approx(1));
  REQUIRE(numerical_rank(alike, rank_tolerance(alike)) == 16);

  Matrix ones(100, 8);
  std::fill(ones.elements.begin(), ones.elements.end(), 3.0f);
  const Spectrum single = ones.spectrum();
  REQUIRE(single.values[0] == Approx(3 * std::sqrt(800)));
  REQUIRE(numerical_rank(single, rank_tolerance(single)) == 1);
  REQUIRE(effective_rank(single) == Approx(1).epsilon(1e-5));
}

TEST_CASE("singular values: zeros and broken values have no rank", "[demos]") {
  Matrix matrix(4, 3);
  const Spectrum zeros = matrix.spectrum();
  REQUIRE(zeros.values == std::vector<double>{0, 0, 0});
  REQUIRE(numerical_rank(zeros, 0) == 0);
  REQUIRE(energy_share(zeros, 1) == 0);
  REQUIRE(effective_rank(zeros) == 0);

  matrix.at(2, 1) =
      GENERATE(std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity());
  const Spectrum broken = matrix.spectrum();
  for (const double value : broken.values) REQUIRE(std::isnan(value));
  REQUIRE(numerical_rank(broken, 0) == 0);
  REQUIRE(effective_rank(broken) == 0);
}

// How many directions a feature map really uses: the singular values of its positions x channels
// matrix, and what is read off them. For the ReLU-versus-linear panel. No singular vectors.
//
// Accuracy. The values are square roots of the eigenvalues of the smaller Gram matrix in double
// (products of floats are exact there; only their sums round), found by Householder and QL. Their
// error is about 1e-14 * largest^2 / value: relative 1e-14 at the top, 1e-10 at a hundredth of the
// largest, and nothing is left below 1e-7 of it. The floats themselves were rounded to 2^-24 (6e-8)
// when they were computed, so a method that avoids the square would show more digits of noise, at
// twice the time.
// Speed. 12544 x 96, the largest map of V2, takes about 35 ms in a browser; most take under 25.
#pragma once

#include <span>
#include <vector>

#include "engine/tensor.h"

namespace lens::demos {

struct Spectrum {
  int rows = 0;
  int columns = 0;
  std::vector<double> values;  // min(rows, columns) singular values, falling
};

// per_column takes each column's mean off first: the spectrum of the variation around the mean map
// (principal components), without the offset that ReLU gives to all of them.
enum class Centring { none, per_column };

// Of a row-major matrix; rows, columns >= 1 must fit the span (asserted). All values are NaN if an
// element is not finite. Time grows with rows * columns * min(rows, columns).
Spectrum singular_values(std::span<const float> matrix, int rows, int columns,
                         Centring centring = Centring::none);

// Of a tensor (H, W, C) as an (H * W) x C matrix.
Spectrum singular_values(TensorView features, Centring centring = Centring::none);

// How many values exceed tolerance * the largest; 0 for a matrix of zeros.
int numerical_rank(const Spectrum& spectrum, double tolerance);

// The usual tolerance for matrices of floats, NumPy's and MATLAB's: max(rows, columns) * 2^-23.
// Never below the accuracy above.
double rank_tolerance(const Spectrum& spectrum);

// Sum of the first k squares over the sum of all, 0..1: how much a k-dimensional subspace holds.
// 0 for a matrix of zeros.
double energy_share(const Spectrum& spectrum, int k);

// Entropy in nats of the values over their sum, and its exponential, the effective rank: from 1
// (one direction) to min(rows, columns) (all alike). 0 for a matrix of zeros.
// Roy and Vetterli, "The effective rank", EUSIPCO 2007.
double spectral_entropy(const Spectrum& spectrum);
double effective_rank(const Spectrum& spectrum);

}  // namespace lens::demos

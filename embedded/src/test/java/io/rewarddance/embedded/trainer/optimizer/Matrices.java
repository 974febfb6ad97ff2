package io.rewarddance.embedded.trainer.optimizer;

/** Plain double matrices, row-major, as a control for the fast ones. */
final class Matrices {
  private Matrices() {}

  static double[][] of(float[] values, int offset, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix[i][j] = values[offset + i * columns + j];
      }
    }
    return matrix;
  }

  static double[][] transpose(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  /** a A + b B. */
  static double[][] sum(double a, double[][] left, double b, double[][] right) {
    double[][] sum = new double[left.length][left[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < left[0].length; j++) {
        sum[i][j] = a * left[i][j] + b * right[i][j];
      }
    }
    return sum;
  }

  static double norm(double[][] a) {
    double squares = 0;
    for (double[] row : a) {
      for (double value : row) {
        squares += value * value;
      }
    }
    return Math.sqrt(squares);
  }

  /** Five steps of the quintic iteration X <- 3.4445 X - 4.7750 X X'X + 2.0315 X (X'X)^2. */
  static double[][] orthogonalised(double[][] matrix) {
    double[][] x = sum(1 / (norm(matrix) + 1e-7), matrix, 0, matrix);
    for (int i = 0; i < 5; i++) {
      double[][] gram = times(transpose(x), x);
      double[][] cubic = times(x, gram);
      x = sum(1, sum(3.4445, x, -4.7750, cubic), 2.0315, times(cubic, gram));
    }
    return x;
  }
}

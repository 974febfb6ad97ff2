package io.rewarddance.driver.judges.train;

/**
 * How well a judge agrees with the answers of a domain, or of a whole set.
 *
 * @param accuracy share of pairs whose preferred image it gives the larger probability; a tie isn't
 *     right
 * @param low end of the accuracy's Wilson interval, 95 %
 * @param high likewise
 * @param n pairs
 * @param logLoss mean -ln of the probability given to the preferred image, in nats
 * @param ece expected calibration error over ten bins
 */
public record DomainScore(
    double accuracy, double low, double high, int n, double logLoss, double ece) {}

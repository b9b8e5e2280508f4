package org.chevet.forecast;

/**
 * A number of patients as the sum of what does not depend on each other.
 *
 * @param each of those who are followed one by one
 * @param flowing mean of those who flow on, which are Poisson's
 * @param bursting mean of those who come in bursts, or at a level that is not known for sure
 * @param burstingMore by how much the variance of these is above their mean
 * @param errorVariance of what is added because nobody is sure how soon who is here leaves
 */
record Parts(CountDistribution each, double flowing, double bursting, double burstingMore, double errorVariance) {
    private static final double DISPERSION_MAX = 100;

    Parts {
        burstingMore = Math.min(burstingMore, bursting * DISPERSION_MAX);
    }

    double mean() {
        return each.mean() + flowing + bursting;
    }

    double variance() {
        return each.variance() + flowing + bursting + burstingMore + errorVariance;
    }

    CountDistribution sum() {
        return each.plus(CountDistribution.poisson(flowing))
                .plus(CountDistribution.negativeBinomial(bursting, bursting + burstingMore))
                .uncertain(errorVariance);
    }
}

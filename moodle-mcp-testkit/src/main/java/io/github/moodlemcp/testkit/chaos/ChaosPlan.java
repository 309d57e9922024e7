package io.github.moodlemcp.testkit.chaos;

/**
 * How much chaos.
 *
 * @param seed decides who does what; the order in which threads come to it stays a matter of chance
 * @param calls how many calls are made
 * @param callersPerAccount how many calls of an account are made at the same time, about
 * @param maxBrowsers how many browsers the accounts with the most have; others have fewer, down to one
 */
public record ChaosPlan(long seed, long calls, int callersPerAccount, int maxBrowsers) {
    public ChaosPlan {
        if (calls < 1 || callersPerAccount < 1 || maxBrowsers < 1) {
            throw new IllegalArgumentException("There must be at least one call, one caller and one browser");
        }
    }

    /** Two callers for each account, which has one to three browsers. */
    public static ChaosPlan of(long seed, long calls) {
        return new ChaosPlan(seed, calls, 2, 3);
    }
}

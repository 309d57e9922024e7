package io.github.moodlemcp.testkit.chaos;

/**
 * How much chaos.
 *
 * @param seed decides who does what; the order in which threads come to it stays a matter of chance
 * @param calls how many calls are made
 * @param callersPerAccount how many calls of an account are made at the same time, about
 * @param maxBrowsers how many browsers the accounts with the most have; others have fewer, down to one
 * @param isHarsh whether all that an extension may do is equally likely, and half of the calls write; else most calls read,
 *     and few of them meet something unusual
 */
public record ChaosPlan(long seed, long calls, int callersPerAccount, int maxBrowsers, boolean isHarsh) {
    public ChaosPlan {
        if (calls < 1 || callersPerAccount < 1 || maxBrowsers < 1) {
            throw new IllegalArgumentException("There must be at least one call, one caller and one browser");
        }
    }

    /** Two callers for each account, which has one to three browsers. */
    public static ChaosPlan of(long seed, long calls) {
        return new ChaosPlan(seed, calls, 2, 3, false);
    }

    /** The same with more callers, and so much trouble that some hundred calls meet every kind of it. */
    public static ChaosPlan harsh(long seed, long calls) {
        return new ChaosPlan(seed, calls, 6, 3, true);
    }
}

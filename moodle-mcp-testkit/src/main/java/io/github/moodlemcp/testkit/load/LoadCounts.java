package io.github.moodlemcp.testkit.load;

import java.util.Map;

/**
 * What {@link LoadExtensions} have seen so far.
 *
 * @param extensions how many there are
 * @param connected how many of them are welcomed and connected now
 * @param welcomes how often one was welcomed
 * @param heartbeats how many pings were answered
 * @param commands how many commands came
 * @param closed how many connections ended or failed, by close code
 */
public record LoadCounts(
        int extensions, int connected, long welcomes, long heartbeats, long commands, Map<Integer, Long> closed) {
    public LoadCounts {
        closed = Map.copyOf(closed);
    }
}

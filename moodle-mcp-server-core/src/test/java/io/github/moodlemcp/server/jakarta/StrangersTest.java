package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrangersTest {
    private final Strangers strangers = new Strangers(3, 2);

    private static Strangers.Place counted(Strangers.Entry entry) {
        return ((Strangers.Entry.Counted) entry).place();
    }

    @Test
    void anAddressHasSoManyAndSoHasTheNode() {
        Strangers.Place first = counted(strangers.enter("192.0.2.1"));
        counted(strangers.enter("192.0.2.1"));

        assertThat(strangers.enter("192.0.2.1")).isInstanceOf(Strangers.Entry.AddressFull.class);
        counted(strangers.enter("192.0.2.2"));
        assertThat(strangers.enter("192.0.2.3")).isInstanceOf(Strangers.Entry.NodeFull.class);

        first.close();
        first.close();
        counted(strangers.enter("192.0.2.1"));
        assertThat(strangers.enter("192.0.2.3")).isInstanceOf(Strangers.Entry.NodeFull.class);
    }

    @Test
    void anUnknownAddressIsCountedByTheNodeAlone() {
        for (int i = 0; i < 3; i++) {
            counted(strangers.enter(""));
        }
        assertThat(strangers.enter("")).isInstanceOf(Strangers.Entry.NodeFull.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:aaaa::1, 2001:0db8:0001:0002:bbbb:0:0:2, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "fe80::1%1, fe80::2, true",
        "192.0.2.1, 192.0.2.2, false"
    })
    void anIpv6NetworkCountsAsOneAddress(String one, String other, boolean isOne) {
        Strangers each = new Strangers(10, 1);
        counted(each.enter(one));

        assertThat(each.enter(other))
                .isInstanceOf(isOne ? Strangers.Entry.AddressFull.class : Strangers.Entry.Counted.class);
    }

    @Test
    void theCountIsExactHoweverManyComeAndGoAtOnce() throws Exception {
        Strangers few = new Strangers(8, 5);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(8);
        List<Future<?>> comings = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                comings.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    for (int i = 0; i < 5000; i++) {
                        if (few.enter("192.0.2.1") instanceof Strangers.Entry.Counted(var place)) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                            place.close();
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> coming : comings) {
            coming.get();
        }

        assertThat(most).hasValueLessThanOrEqualTo(5);
        for (int i = 0; i < 5; i++) {
            counted(few.enter("192.0.2.1"));
        }
        assertThat(few.enter("192.0.2.1")).isInstanceOf(Strangers.Entry.AddressFull.class);
    }
}

package io.github.moodlemcp.bench;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What the process uses after a garbage collection, for the one who measures. */
@Path("/bench/memory")
public final class MemoryResource {

    /** Collects garbage, and tells the bytes of heap and of direct buffers that are left, as JSON. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String afterCollection() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        return "{\"heapBytes\": " + heap + ", \"directBytes\": " + direct + ", \"threads\": " + threads + "}";
    }
}

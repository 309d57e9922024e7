package io.github.moodlemcp.testkit.chaos;

import java.util.SplittableRandom;

/** What an extension does with a command that reads. */
enum ReadScript {
    REPLY(0) {
        @Override
        void run(Deeds deeds) {
            deeds.readAndReply();
        }
    },
    SOON(80) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.pause(1, 30);
                deeds.readAndReply();
            });
        }
    },
    LATER(20) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.pause(100, 400);
                deeds.readAndReply();
            });
        }
    },
    FORGED(20) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.forge();
                deeds.pause(1, 20);
                deeds.readAndReply();
            });
        }
    },
    FROM_SIBLING(10) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.replyFromSibling();
                deeds.pause(1, 20);
                deeds.readAndReply();
            });
        }
    },
    GUESSED(10) {
        @Override
        void run(Deeds deeds) {
            deeds.guess();
            deeds.readAndReply();
        }
    },
    DUPLICATE(40) {
        @Override
        void run(Deeds deeds) {
            deeds.readAndReply();
            deeds.count(Happening.DUPLICATE_REPLY);
            deeds.reply();
        }
    },
    REFUSED(10) {
        @Override
        void run(Deeds deeds) {
            deeds.fail("moodle_refused");
        }
    },
    /** Replies when nobody waits any more. */
    TOO_LATE(2) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.awaitCancel();
                deeds.count(Happening.LATE_REPLY);
                deeds.readAndReply();
            });
        }
    },
    GONE(2) {
        @Override
        void run(Deeds deeds) {
            deeds.vanish();
        }
    },
    CLOSED(2) {
        @Override
        void run(Deeds deeds) {
            deeds.close();
        }
    },
    /** Replies on the connection that a new one is taking over from. */
    SUPERSEDED(3) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.supersede();
                deeds.readAndReply();
            });
        }
    },
    /** Replies on a new connection of the same browser. */
    ON_NEW_CONNECTION(3) {
        @Override
        void run(Deeds deeds) {
            deeds.later(() -> {
                deeds.execute(deeds.link(), Effect.READ);
                Link next = deeds.supersede();
                if (next != null) {
                    deeds.count(Happening.REPLY_ON_NEW_CONNECTION);
                    deeds.reply(next);
                }
            });
        }
    };

    private final int perThousand;

    ReadScript(int perThousand) {
        this.perThousand = perThousand;
    }

    /** Does it, on the thread that brought the command; it must not block that. */
    abstract void run(Deeds deeds);

    /**
     * One of them.
     *
     * @param isHarsh whether all are equally likely
     */
    static ReadScript pick(SplittableRandom random, boolean isHarsh) {
        if (isHarsh) {
            return values()[random.nextInt(values().length)];
        }
        int left = random.nextInt(1000);
        for (ReadScript script : values()) {
            left -= script.perThousand;
            if (left < 0) {
                return script;
            }
        }
        return REPLY;
    }
}

package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What an extension does with a command that writes: it is honest about what it did, and otherwise does as it likes. */
enum WriteScript {
    WRITE(0) {
        @Override
        void run(Deeds deeds) {
            actAfter(deeds, deeds.claim(), Effect.WRITTEN);
        }
    },
    APPROVED(80) {
        @Override
        void run(Deeds deeds) {
            deeds.askApproval();
            deeds.pause(5, 200);
            if (!deeds.isCancelled()) {
                actAfter(deeds, deeds.claim(), Effect.WRITTEN);
            }
        }
    },
    /** The person takes longer than the caller is kept waiting. */
    APPROVED_LATE(6) {
        @Override
        void run(Deeds deeds) {
            deeds.askApproval();
            deeds.pause(1200, 2500);
            if (!deeds.isCancelled()) {
                actAfter(deeds, deeds.claim(), Effect.WRITTEN);
            }
        }
    },
    DENIED(30) {
        @Override
        void run(Deeds deeds) {
            deeds.askApproval();
            deeds.pause(5, 100);
            deeds.fail("rejected");
        }
    },
    /** The person never decides. */
    UNDECIDED(3) {
        @Override
        void run(Deeds deeds) {
            deeds.askApproval();
            deeds.awaitCancel();
            deeds.fail("expired");
        }
    },
    /** Acts as often as it is allowed to. */
    CLAIMED_TWICE(30) {
        @Override
        void run(Deeds deeds) {
            if (deeds.claim() != ClaimAnswer.GRANTED || deeds.isCancelled() || !deeds.begin()) {
                deeds.fail("cancelled");
                return;
            }
            deeds.act(Effect.WRITTEN);
            deeds.count(Happening.SECOND_CLAIM);
            if (deeds.claim() == ClaimAnswer.GRANTED) {
                deeds.act(Effect.WRITTEN);
            }
            deeds.reply();
        }
    },
    CLAIMED_TWICE_AT_ONCE(30) {
        @Override
        void run(Deeds deeds) {
            actAfter(deeds, deeds.claimTwice(), Effect.WRITTEN);
        }
    },
    CLAIMED_BY_STRANGER(20) {
        @Override
        void run(Deeds deeds) {
            actAt(deeds, deeds.stranger());
            actAfter(deeds, deeds.claim(), Effect.WRITTEN);
        }
    },
    CLAIMED_BY_SIBLING(10) {
        @Override
        void run(Deeds deeds) {
            actAt(deeds, deeds.sibling());
            actAfter(deeds, deeds.claim(), Effect.WRITTEN);
        }
    },
    /** Sleeps until the caller has given up, and then does what it was asked for, if it is allowed to. */
    CLAIMED_AFTER_CANCEL(4) {
        @Override
        void run(Deeds deeds) {
            if (deeds.awaitCancel()) {
                deeds.pause(1, 20);
                deeds.count(Happening.CLAIM_AFTER_CANCEL);
                if (deeds.claim() == ClaimAnswer.GRANTED) {
                    deeds.act(Effect.WRITTEN);
                }
            }
        }
    },
    FORGED(20) {
        @Override
        void run(Deeds deeds) {
            deeds.forge();
            deeds.pause(1, 20);
            actAfter(deeds, deeds.claim(), Effect.WRITTEN);
        }
    },
    DUPLICATE(30) {
        @Override
        void run(Deeds deeds) {
            actAfter(deeds, deeds.claim(), Effect.WRITTEN);
            deeds.count(Happening.DUPLICATE_REPLY);
            deeds.reply();
        }
    },
    SIGNED_OUT(20) {
        @Override
        void run(Deeds deeds) {
            deeds.fail("signed_out");
        }
    },
    BUSY(10) {
        @Override
        void run(Deeds deeds) {
            deeds.fail("busy");
        }
    },
    MOODLE_REFUSED(20) {
        @Override
        void run(Deeds deeds) {
            actAfter(deeds, deeds.claim(), Effect.REFUSED);
        }
    },
    UNREACHABLE(10) {
        @Override
        void run(Deeds deeds) {
            actAfter(deeds, deeds.claim(), Effect.UNCLEAR);
        }
    },
    GONE_BEFORE_CLAIM(4) {
        @Override
        void run(Deeds deeds) {
            deeds.vanish();
        }
    },
    GONE_AFTER_CLAIM(4) {
        @Override
        void run(Deeds deeds) {
            deeds.claim();
            deeds.vanish();
        }
    },
    GONE_AFTER_DEED(4) {
        @Override
        void run(Deeds deeds) {
            goAfter(deeds, Effect.WRITTEN);
        }
    },
    GONE_AFTER_REFUSAL(3) {
        @Override
        void run(Deeds deeds) {
            goAfter(deeds, Effect.REFUSED);
        }
    },
    GONE_IN_THE_MIDDLE(3) {
        @Override
        void run(Deeds deeds) {
            goAfter(deeds, Effect.UNCLEAR);
        }
    },
    /** Is superseded while it acts, and replies on the new connection. */
    ON_NEW_CONNECTION(3) {
        @Override
        void run(Deeds deeds) {
            if (deeds.claim() == ClaimAnswer.GRANTED && deeds.begin()) {
                deeds.act(Effect.WRITTEN);
                Link next = deeds.supersede();
                if (next != null) {
                    deeds.count(Happening.REPLY_ON_NEW_CONNECTION);
                    deeds.reply(next);
                }
            }
        }
    };

    private final int perThousand;

    WriteScript(int perThousand) {
        this.perThousand = perThousand;
    }

    /** Does it; it may block. */
    abstract void run(Deeds deeds);

    /**
     * One of them.
     *
     * @param isHarsh whether all are equally likely
     */
    static WriteScript pick(SplittableRandom random, boolean isHarsh) {
        if (isHarsh) {
            return values()[random.nextInt(values().length)];
        }
        int left = random.nextInt(1000);
        for (WriteScript script : values()) {
            left -= script.perThousand;
            if (left < 0) {
                return script;
            }
        }
        return WRITE;
    }

    /** Goes on after the answer to its claim, as the extension does. */
    private static void actAfter(Deeds deeds, ClaimAnswer answer, Effect effect) {
        if (answer != ClaimAnswer.GRANTED || deeds.isCancelled() || !deeds.begin()) {
            deeds.fail("cancelled");
            return;
        }
        deeds.act(effect);
        switch (effect) {
            case WRITTEN, READ -> deeds.reply();
            case REFUSED -> deeds.fail("moodle_refused");
            case UNCLEAR -> deeds.fail("unreachable");
        }
    }

    /** Claims where the command never came, and acts there if it is allowed to. */
    private static void actAt(Deeds deeds, @Nullable Link elsewhere) {
        if (elsewhere != null) {
            deeds.count(Happening.FOREIGN_CLAIM);
            if (deeds.claim(elsewhere) == ClaimAnswer.GRANTED) {
                deeds.execute(elsewhere, Effect.WRITTEN);
            }
        }
    }

    private static void goAfter(Deeds deeds, Effect effect) {
        if (deeds.claim() == ClaimAnswer.GRANTED && !deeds.isCancelled() && deeds.begin()) {
            deeds.act(effect);
            deeds.vanish();
        }
    }
}

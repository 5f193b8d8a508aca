package io.mainstay.domain.ledger;

/** Where in a command the accounts and amounts of its legs stand. */
enum Pointers {
    /** Leg 0 is from, leg 1 is to. */
    TRANSFER {
        @Override
        String account(int leg) {
            return leg == 0 ? "/from" : "/to";
        }

        @Override
        String amount(int leg) {
            return "/amountMinor";
        }
    },
    LEGS {
        @Override
        String account(int leg) {
            return "/legs/" + leg + "/account";
        }

        @Override
        String amount(int leg) {
            return "/legs/" + leg + "/amountMinor";
        }
    },
    /** The caller's command has no such fields. */
    NONE {
        @Override
        String account(int leg) {
            return "";
        }

        @Override
        String amount(int leg) {
            return "";
        }
    };

    abstract String account(int leg);

    abstract String amount(int leg);
}

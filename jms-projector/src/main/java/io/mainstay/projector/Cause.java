package io.mainstay.projector;

import java.sql.SQLException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why an event cannot be projected. Messages of exceptions may quote what the event holds, so they are left out, but for our
 * own; of the database's the state and the names are told.
 *
 * @param text for people
 * @param stack types and places of the program
 */
record Cause(String text, String stack) {
    static final int TEXT_LENGTH_MAX = 2000;
    static final int STACK_LENGTH_MAX = 16_000;

    /** It has not been tried: an earlier event of its rows comes first. */
    static final Cause BEHIND = new Cause("an earlier event of its rows is a dead letter", "");

    private static final int DEPTH_MAX = 16;

    Cause {
        text = cut(text, TEXT_LENGTH_MAX);
        stack = cut(stack, STACK_LENGTH_MAX);
    }

    static Cause of(Throwable failure) {
        StringJoiner text = new StringJoiner("; caused by ");
        StringBuilder stack = new StringBuilder();
        Throwable told =
                failure instanceof RefusedDataException && failure.getCause() != null ? failure.getCause() : failure;
        for (int depth = 0; told != null && depth < DEPTH_MAX; depth++) {
            String sentence = sentence(told);
            text.add(sentence);
            if (stack.length() < STACK_LENGTH_MAX) {
                stack.append(depth == 0 ? "" : "caused by ").append(sentence).append('\n');
                for (StackTraceElement element : told.getStackTrace()) {
                    stack.append("  at ").append(element).append('\n');
                }
            }
            told = next(told);
        }
        return new Cause(text.toString(), stack.toString());
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof SQLException sql) {
            return sentence(sql);
        }
        if (failure instanceof PoisonEventException poison && poison.getCause() == null) {
            return String.valueOf(poison.getMessage());
        }
        return failure.getClass().getName();
    }

    private static String sentence(SQLException failure) {
        StringJoiner text = new StringJoiner(", ");
        text.add(failure.getClass().getName() + " of SQLSTATE " + failure.getSQLState());
        if (failure instanceof PSQLException refused && refused.getServerErrorMessage() != null) {
            ServerErrorMessage message = refused.getServerErrorMessage();
            name(text, "table", message.getTable());
            name(text, "column", message.getColumn());
            name(text, "constraint", message.getConstraint());
        }
        return text.toString();
    }

    private static void name(StringJoiner text, String kind, @Nullable String name) {
        if (name != null) {
            text.add(kind + " " + name);
        }
    }

    /** A batch's exception has the one that tells more beside it and not behind it. */
    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof SQLException sql && sql.getNextException() != null
                ? sql.getNextException()
                : failure.getCause();
    }

    /** As PostgreSQL takes it: without NUL, and not through the middle of a character. */
    private static String cut(String text, int lengthMax) {
        String clean = text.replace("\0", "");
        if (clean.length() <= lengthMax) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax;
        return clean.substring(0, end);
    }
}

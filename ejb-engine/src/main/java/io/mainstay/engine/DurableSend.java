package io.mainstay.engine;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one message and waits until the broker has it in its journal: the log's connections do not block by themselves. */
final class DurableSend implements CompletionListener {
    private static final long WAIT_SECONDS_MAX = 30;

    private final CompletableFuture<Message> answer = new CompletableFuture<>();

    private DurableSend() {}

    static void send(MessageProducer producer, Message message) throws JMSException {
        DurableSend listener = new DurableSend();
        producer.send(message, listener);
        try {
            listener.answer.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        } catch (TimeoutException e) {
            throw failed("no answer within " + WAIT_SECONDS_MAX + " s", e);
        } catch (ExecutionException e) {
            throw failed(String.valueOf(e.getCause()), e);
        }
    }

    @Override
    public void onCompletion(Message message) {
        answer.complete(message);
    }

    @Override
    public void onException(Message message, Exception exception) {
        answer.completeExceptionally(exception);
    }

    private static JMSException failed(String why, Exception cause) {
        JMSException failure = new JMSException("the broker did not take a message: " + why);
        failure.initCause(cause);
        return failure;
    }
}

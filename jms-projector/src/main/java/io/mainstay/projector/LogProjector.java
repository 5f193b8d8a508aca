package io.mainstay.projector;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Hands the log's frames to the projector, each shard's in order.
 *
 * <p>Outside of the broker's transactions: a message is acknowledged once its rows are committed, and one that comes
 * again is skipped by its position.
 */
@MessageDriven(name = "LogProjector")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class LogProjector implements MessageListener {
    private static final String SHARD = "mainstayShard";
    /** A message that was sent without a body may arrive with its length field as one; no frame is that short. */
    private static final int EMPTY_BYTES_MAX = 4;

    @EJB
    private Projector projector;

    @Override
    public void onMessage(Message message) {
        try {
            byte[] frame = bodyOf(message);
            if (frame.length > 0) {
                projector.receive(message.getIntProperty(SHARD), frame);
            }
        } catch (JMSException e) {
            throw new EJBException("log message cannot be read", e);
        }
    }

    /** The frame, or nothing if the message marks an epoch. */
    private static byte[] bodyOf(Message message) throws JMSException {
        BytesMessage bytes = (BytesMessage) message;
        byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
        if (body.length <= EMPTY_BYTES_MAX) {
            return new byte[0];
        }
        bytes.readBytes(body);
        return body;
    }
}

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
 * <p>A message is acknowledged at once, before its rows are committed: the position in the database says what is missing,
 * and the log has it.
 */
@MessageDriven(name = "LogProjector")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class LogProjector implements MessageListener {
    private static final String SHARD = "mainstayShard";
    /** Set on messages that mark where a recovery began; they carry no frame. */
    private static final String MARKER = "mainstayMarker";

    @EJB
    private Projector projector;

    @Override
    public void onMessage(Message message) {
        try {
            if (!message.propertyExists(MARKER)) {
                projector.offer(message.getIntProperty(SHARD), bodyOf(message));
            }
        } catch (JMSException e) {
            throw new EJBException("log message cannot be read", e);
        }
    }

    private static byte[] bodyOf(Message message) throws JMSException {
        BytesMessage bytes = (BytesMessage) message;
        byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
        bytes.readBytes(body);
        return body;
    }
}

package io.mainstay.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.io.Serializable;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections for the engine to append to and read the log: an administered object outside the container's pool, so
 * that asynchronous sends and long-lived sessions are allowed.
 *
 * <p>The URL says where the broker is and may tune what {@link LogUrl} presets; it cannot turn on reconnection: a
 * session that lost its broker must fail, because it may have lost its shard's token too.
 */
public final class LogConnectionFactory implements ConnectionFactory, Serializable {

    private static final long serialVersionUID = 1L;

    private String url = "vm://0";
    private @Nullable String userName;
    private @Nullable String password;
    private transient @Nullable ActiveMQConnectionFactory delegate;

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public @Nullable String getUserName() {
        return userName;
    }

    public void setUserName(@Nullable String userName) {
        this.userName = userName;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    @Override
    public Connection createConnection() throws JMSException {
        return connection(factory -> factory.createConnection());
    }

    @Override
    public Connection createConnection(String user, String secret) throws JMSException {
        return connection(factory -> factory.createConnection(user, secret));
    }

    @Override
    public JMSContext createContext() {
        return context(factory -> factory.createContext());
    }

    @Override
    public JMSContext createContext(String user, String secret) {
        return context(factory -> factory.createContext(user, secret));
    }

    @Override
    public JMSContext createContext(String user, String secret, int sessionMode) {
        return context(factory -> factory.createContext(user, secret, sessionMode));
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return context(factory -> factory.createContext(sessionMode));
    }

    synchronized ActiveMQConnectionFactory delegate() {
        if (delegate == null) {
            delegate = connect();
        }
        return delegate;
    }

    private ActiveMQConnectionFactory connect() {
        ActiveMQConnectionFactory factory = new ActiveMQJMSConnectionFactory(LogUrl.of(url));
        factory.setReconnectAttempts(0);
        if (userName != null && !userName.isEmpty()) {
            factory.setUser(userName);
            factory.setPassword(password);
        }
        return factory;
    }

    private <T> T connection(Creation<T> creation) throws JMSException {
        return OwnClassLoader.call(() -> creation.with(delegate()));
    }

    private JMSContext context(Creation<JMSContext> creation) {
        try {
            return connection(creation);
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }

    private interface Creation<T> {
        T with(ActiveMQConnectionFactory factory) throws JMSException;
    }
}

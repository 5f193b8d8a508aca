package io.mainstay.api;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A pool that tells how long its connections are waited for, also where none comes. */
final class TimedPool implements DataSource {
    private final DataSource pool;
    private final Consumer<Duration> waited;

    TimedPool(DataSource pool, Consumer<Duration> waited) {
        this.pool = pool;
        this.waited = waited;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long startNanos = System.nanoTime();
        try {
            return pool.getConnection();
        } finally {
            waited.accept(Duration.ofNanos(System.nanoTime() - startNanos));
        }
    }

    /** Refused: the pool has one user. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the pool's connections are of one user");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}

package io.mainstay.verification.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection, as cheap as it gets: the load must not take the machine from the server.
 *
 * <p>Reads what Mainstay sends: bodies with a length or in chunks. Not for use by several threads.
 */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int HEAD_BYTES_MIN = 12;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKS_END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;
    private int headEnd;

    HttpConnection(String host, int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends a request and returns the status of its answer. Hot: one call per request. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        filled = 0;
        headEnd = readUntil(HEAD_END, 0);
        String head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int length = head.indexOf(LENGTH);
        if (length >= 0) {
            int start = length + LENGTH.length();
            int bytes = Integer.parseInt(
                    head.substring(start, head.indexOf("\r\n", start)).strip());
            readTo(headEnd + bytes);
        } else if (head.contains(CHUNKED)) {
            readUntil(CHUNKS_END, headEnd);
        }
        return Integer.parseInt(head.substring(HEAD_BYTES_MIN - 3, HEAD_BYTES_MIN));
    }

    /** What came with the last answer, after its head. */
    String body() {
        return new String(buffer, headEnd, filled - headEnd, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int readUntil(byte[] mark, int from) throws IOException {
        for (int next = from; ; next = Math.max(from, filled - mark.length + 1)) {
            if (filled <= next) {
                fill();
            }
            int found = indexOf(mark, next);
            if (found >= 0) {
                return found + mark.length;
            }
            fill();
        }
    }

    private void readTo(int end) throws IOException {
        while (filled < end) {
            fill();
        }
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        filled += read;
    }

    private int indexOf(byte[] mark, int from) {
        for (int at = from; at <= filled - mark.length; at++) {
            if (Arrays.equals(buffer, at, at + mark.length, mark, 0, mark.length)) {
                return at;
            }
        }
        return -1;
    }
}

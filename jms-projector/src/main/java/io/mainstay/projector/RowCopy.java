package io.mainstay.projector;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Writes new rows of a table by PostgreSQL's COPY, in its binary format, within the connection's transaction.
 *
 * <p>Hot: the projection of bulk. One copy after the other, on one thread.
 */
final class RowCopy {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    /** What the database would say to such a text. */
    private static final String NOT_IN_REPERTOIRE = "22021";

    private static final int NULL = -1;
    private static final int END = -1;

    private final PGConnection connection;
    private final CharsetEncoder texts = StandardCharsets.UTF_8.newEncoder();

    RowCopy(Connection connection) throws SQLException {
        this.connection = connection.unwrap(PGConnection.class);
    }

    /** Writes the rows; {@link SQLException} if the database refuses one of them, and then it has taken none. */
    void write(Table table, Collection<Row> rows) throws SQLException {
        List<Column<?>> columns = table.columns();
        String sql = "COPY " + table.name() + " ("
                + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") FROM STDIN (FORMAT binary)";
        try (DataOutputStream out = new DataOutputStream(new PGCopyOutputStream(connection, sql, BUFFER_BYTES))) {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
            for (Row row : rows) {
                out.writeShort(columns.size());
                for (int index = 0; index < columns.size(); index++) {
                    write(row.find(columns.get(index)), out);
                }
            }
            out.writeShort(END);
        } catch (CharacterCodingException e) {
            throw new SQLException("a text is not Unicode", NOT_IN_REPERTOIRE, e);
        } catch (IOException e) {
            throw e.getCause() instanceof SQLException refused ? refused : new SQLException(e);
        }
    }

    private void write(@Nullable Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case null -> out.writeInt(NULL);
            case UUID id -> {
                out.writeInt(2 * Long.BYTES);
                out.writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            case String text -> write(text, out);
            case Long number -> {
                out.writeInt(Long.BYTES);
                out.writeLong(number);
            }
            case Integer number -> {
                out.writeInt(Integer.BYTES);
                out.writeInt(number);
            }
            case Boolean truth -> {
                out.writeInt(1);
                out.writeBoolean(truth);
            }
            case Instant time -> {
                out.writeInt(Long.BYTES);
                out.writeLong(ChronoUnit.MICROS.between(EPOCH, time));
            }
            case byte[] bytes -> {
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            default -> throw new IllegalStateException("no binary form of a " + value.getClass());
        }
    }

    /** Refuses half a surrogate pair, as the driver does with an insert. */
    private void write(String text, DataOutputStream out) throws CharacterCodingException, IOException {
        ByteBuffer bytes = texts.encode(CharBuffer.wrap(text));
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
}

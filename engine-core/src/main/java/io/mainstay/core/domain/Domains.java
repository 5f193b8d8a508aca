package io.mainstay.core.domain;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The domains that an engine runs, by number and by type of command. */
public final class Domains {
    /** The highest number that a domain may have. */
    public static final int ID_MAX = 255;

    private final List<Domain<?, ?, ?>> all;
    private final @Nullable Domain<?, ?, ?>[] byId = new Domain<?, ?, ?>[ID_MAX + 1];
    private final Map<Class<? extends Command>, Domain<?, ?, ?>> byCommandType = new HashMap<>();
    private final @Nullable UpcasterChain[] upcasters = new UpcasterChain[ID_MAX + 1];
    private final Map<Integer, Integer> schemaVersions = new TreeMap<>();
    private final GroupCodec groups = new GroupCodec(this);

    public Domains(List<? extends Domain<?, ?, ?>> domains) {
        all = domains.stream()
                .<Domain<?, ?, ?>>map(domain -> domain)
                .sorted(Comparator.comparingInt(Domain::id))
                .toList();
        for (Domain<?, ?, ?> domain : all) {
            register(domain);
        }
    }

    /** Every domain that the class loader offers; {@link IllegalArgumentException} if two claim one number. */
    public static Domains load(ClassLoader loader) {
        return new Domains(ServiceLoader.load(Domain.class, loader).stream()
                .<Domain<?, ?, ?>>map(ServiceLoader.Provider::get)
                .toList());
    }

    /** In the order of their numbers. */
    public List<Domain<?, ?, ?>> all() {
        return all;
    }

    /** The schema version of each domain, by its number. */
    public Map<Integer, Integer> schemaVersions() {
        return Collections.unmodifiableMap(schemaVersions);
    }

    /** True if these are the installed versions, or some of them: nothing they wrote needs an upcaster. */
    public boolean areInstalled(Map<Integer, Integer> versions) {
        return schemaVersions.entrySet().containsAll(versions.entrySet());
    }

    /**
     * A command's bytes as the installed version writes them.
     *
     * @param id of the domain, or {@link CommandGroup#DOMAIN_ID}
     * @param written versions that wrote the bytes; {@link io.mainstay.core.EngineException} FATAL if no upcaster
     *     reaches the domain's
     */
    public byte[] upcastCommand(int id, byte[] bytes, Map<Integer, Integer> written) {
        return id == CommandGroup.DOMAIN_ID
                ? groups.upcast(bytes, written)
                : upcasters(id).command(written.get(id), bytes);
    }

    /** An event's bytes as the installed version writes them. */
    public byte[] upcastEvent(int id, byte[] bytes, Map<Integer, Integer> written) {
        return upcasters(id).event(written.get(id), bytes);
    }

    /** A chunk of a snapshot's state as the installed version writes it. */
    public byte[] upcastState(int id, byte[] chunk, Map<Integer, Integer> written) {
        return upcasters(id).state(written.get(id), chunk);
    }

    /** True if some domain's commands were written otherwise by these versions than they are today. */
    public boolean rewritesCommands(Map<Integer, Integer> written) {
        return !areInstalled(written)
                && written.entrySet().stream()
                        .filter(version -> schemaVersions.containsKey(version.getKey()))
                        .anyMatch(version -> upcasters(version.getKey()).rewritesCommands(version.getValue()));
    }

    /** Throws {@link IllegalArgumentException} if no domain has the number. */
    public Domain<?, ?, ?> byId(int id) {
        Domain<?, ?, ?> domain = id >= 0 && id <= ID_MAX ? byId[id] : null;
        if (domain == null) {
            throw new IllegalArgumentException("no domain with number " + id + " is installed");
        }
        return domain;
    }

    /** Throws {@link IllegalArgumentException} if no domain takes such a command. */
    public Domain<?, ?, ?> of(Command command) {
        Domain<?, ?, ?> domain = byCommandType.get(command.getClass());
        if (domain == null) {
            throw new IllegalArgumentException(
                    "no domain takes " + command.getClass().getName());
        }
        return domain;
    }

    /** The types of commands that the domains take. */
    public Set<Class<? extends Command>> commandTypes() {
        return Collections.unmodifiableSet(byCommandType.keySet());
    }

    /** The number that stands before a command in the log: its domain's, or {@link CommandGroup#DOMAIN_ID}. */
    public int idOf(Command command) {
        return command instanceof CommandGroup
                ? CommandGroup.DOMAIN_ID
                : of(command).id();
    }

    /** Writes a command, or a group of them, as it stands in the log behind its number. */
    public void encode(Command command, WireWriter out) {
        if (command instanceof CommandGroup group) {
            groups.encode(group, out);
        } else {
            encode(of(command), command, out);
        }
    }

    /** Reads a command, or a group of them, by the number it stands behind. */
    public Command decode(int id, byte[] bytes) {
        WireReader in = new WireReader(bytes);
        return id == CommandGroup.DOMAIN_ID
                ? groups.decode(in)
                : byId(id).commands().decode(in);
    }

    private static <C extends Command> void encode(Domain<?, C, ?> domain, Command command, WireWriter out) {
        domain.commands().encode(domain.commandType().cast(command), out);
    }

    private UpcasterChain upcasters(int id) {
        byId(id);
        return Objects.requireNonNull(upcasters[id]);
    }

    private void register(Domain<?, ?, ?> domain) {
        if (domain.id() < 1 || domain.id() > ID_MAX) {
            throw new IllegalArgumentException("domain " + domain.name() + " has number " + domain.id());
        }
        Domain<?, ?, ?> other = byId[domain.id()];
        if (other != null) {
            throw new IllegalArgumentException(
                    "domains " + other.name() + " and " + domain.name() + " both have number " + domain.id());
        }
        byId[domain.id()] = domain;
        schemaVersions.put(domain.id(), domain.schemaVersion());
        upcasters[domain.id()] = new UpcasterChain(domain);
        registerCommands(domain, domain.commandType());
    }

    private void registerCommands(Domain<?, ?, ?> domain, Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            byCommandType.put(type.asSubclass(Command.class), domain);
            return;
        }
        for (Class<?> subclass : permitted) {
            registerCommands(domain, subclass);
        }
    }
}

package io.mainstay.core.domain;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<Integer, Integer> versions = new TreeMap<>();
        all.forEach(domain -> versions.put(domain.id(), domain.schemaVersion()));
        return versions;
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

-- The four roles of Mainstay, each with what it needs and no more: docs/reference/database.md.
--
-- Run by an administrator, connected to Mainstay's database, before the first start and again after an upgrade: it changes
-- only what is not so yet. Then give each role that logs in a password: \password mainstay_writer, and so on.
-- Who owned the database before goes on with all rights, as a member of mainstay_migrator.

DO $roles$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['mainstay_migrator', 'mainstay_writer', 'mainstay_reader', 'mainstay_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', name);
        END IF;
    END LOOP;
END
$roles$;

-- COPY into a table with row security is for those only whom it does not concern.
ALTER ROLE mainstay_writer BYPASSRLS;
ALTER ROLE mainstay_reader SET default_transaction_read_only = on;
ALTER ROLE mainstay_auditor SET default_transaction_read_only = on;

DO $owner$
DECLARE
    owner text := (SELECT rolname FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba
                    WHERE datname = current_database());
    relation record;
BEGIN
    IF owner <> 'mainstay_migrator' THEN
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = owner) THEN
            EXECUTE format('GRANT mainstay_migrator TO %I', owner);
        END IF;
        EXECUTE format('ALTER DATABASE %I OWNER TO mainstay_migrator', current_database());
    END IF;
    FOR relation IN
        SELECT c.oid::regclass AS name
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
           AND c.relowner <> 'mainstay_migrator'::regrole
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO mainstay_migrator', relation.name);
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO mainstay_writer, mainstay_reader, mainstay_auditor',
                   current_database());
END
$owner$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO mainstay_writer, mainstay_reader, mainstay_auditor;

-- A table that a migration makes is written to at once; who may read it is said when its columns are known.
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator GRANT SELECT, INSERT, UPDATE ON TABLES TO mainstay_writer;

/**
 * Empties every table: the follower makes them anew from the log. For a step after which rows are made of more than before; it stands
 * first in it, before there are tables that it does not know.
 */
export const BEGIN_ANEW = `
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = current_schema() AND tablename NOT IN ('progress', 'schema_migrations')
  LOOP
    EXECUTE format('TRUNCATE %I CASCADE', name);
  END LOOP;
END $$;
UPDATE progress SET next_seq = 0, time_us = 0, kept_from_us = 0;
`;

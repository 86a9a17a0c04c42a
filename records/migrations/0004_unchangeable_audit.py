"""What was recorded stays as it was. Only the name of who did it can be taken away, when that person's account is erased;
whoever erases more (a reason that speaks of a person) says so to the database: `records.actions.erasing`."""

from django.db import migrations

KEEP = """
CREATE FUNCTION records_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('portal.erasing', true) = 'on' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.by_id IS NULL AND (NEW.id, NEW.target_type_id, NEW.target_id, NEW.verb, NEW.at, NEW.note, NEW.changes)
      IS NOT DISTINCT FROM (OLD.id, OLD.target_type_id, OLD.target_id, OLD.verb, OLD.at, OLD.note, OLD.changes) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'An audit entry is never changed or deleted.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER records_keep_audit BEFORE UPDATE OR DELETE ON records_auditentry FOR EACH ROW EXECUTE FUNCTION records_keep_audit();
"""
FORGET = "DROP TRIGGER records_keep_audit ON records_auditentry; DROP FUNCTION records_keep_audit();"


class Migration(migrations.Migration):

    dependencies = [("records", "0003_reports")]

    operations = [migrations.RunSQL(KEEP, FORGET)]

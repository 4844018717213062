"""The database's history, one file a step; `portal.store.migrating` walks it."""

"""The consumer side of the national exchange: ask a registry, hand a case to an office (X-Road for REST)."""

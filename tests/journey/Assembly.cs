// Each test starts a whole region as real processes: one at a time is enough for two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

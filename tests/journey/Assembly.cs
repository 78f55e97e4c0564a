using Xunit.Sdk;
using Xunit.v3;

// Each test starts a whole region as real processes: one at a time is enough for two cores.
[assembly: Parallelization(Mode = ParallelMode.None)]

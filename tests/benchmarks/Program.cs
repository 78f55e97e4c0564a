using VGIntegration.Benchmarks;

switch (args)
{
    case ["journey", ..]:
        return await JourneyBenchmark.Run(args.Contains("--quick"));
    case ["floor", var connection, ..]:
        await Floor.Serve(connection, args[2..]);
        return 0;
    default:
        await Console.Error.WriteLineAsync("use: dotnet run -c Release --project tests/benchmarks -- journey [--quick]");
        return 1;
}

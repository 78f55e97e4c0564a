using VGIntegration.Benchmarks;

switch (args)
{
    case ["intake", "--at-length"]:
        return await IntakeAtLength.Run();
    case ["intake", "--cost", ..]:
        return await IntakeCost.Run(args[2..]);
    case ["intake", "--to-planning"]:
        await ToPlanning.Run(await IntakeBenchmark.Message());
        return 0;
    case ["intake", ..]:
        return await IntakeBenchmark.Run(args.Contains("--quick"));
    case ["journey", ..]:
        return await JourneyBenchmark.Run(args.Contains("--quick"));
    case ["delivery", ..]:
        return await DeliveryBenchmark.Run(args.Contains("--quick"));
    case ["practices", ..]:
        await Practices.Serve(args[1..]);
        return 0;
    case ["worklist", ..]:
        return await WorkListBenchmark.Run(args.Contains("--quick"));
    case ["ranking", ..]:
        return RankingBenchmark.Run(args.Contains("--quick"));
    case ["matching", ..]:
        return MatchingBenchmark.Run(args.Contains("--quick"));
    case ["floor", var provider, var connection, ..]:
        await Floor.Serve(provider, connection, args[3..]);
        return 0;
    default:
        await Console.Error.WriteLineAsync("use: dotnet run -c Release --project tests/benchmarks -- intake|journey|delivery|worklist|ranking|matching [--quick], intake --cost, intake --at-length, intake --to-planning");
        return 1;
}

using System.Net;
using System.Net.Http.Json;
using Npgsql;
using RabbitMQ.Client;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Hosting.Tests;

/// <summary>A test that stands on something false proves nothing, so what surrounds the services is looked at too.</summary>
public sealed class SurroundingsTests
{
    [Fact]
    public async Task PostgreSql_keeps_what_was_committed_when_it_is_killed()
    {
        var server = await PostgreSqlServer.StartNew();
        var database = await server.CreateDatabase();
        await Execute(database, "CREATE TABLE kept (id int)");
        await Execute(database, "INSERT INTO kept VALUES (1)");

        server.Kill9();
        await server.Restart();

        Assert.Equal(1L, await Execute(database, "SELECT COUNT(*) FROM kept"));
    }

    [Fact]
    public async Task RabbitMq_keeps_its_queues_when_it_is_killed_and_has_virtual_hosts_of_its_own()
    {
        var server = await RabbitMqServer.StartNew();
        var uri = await server.CreateVirtualHost();
        await using (var connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(Token))
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
            await channel.QueueDeclareAsync(
                "kept", true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: Token);
        }

        server.Kill9();
        await server.Restart();

        await using var again = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(Token);
        await using var passive = await again.CreateChannelAsync(cancellationToken: Token);
        Assert.Equal("kept", (await passive.QueueDeclarePassiveAsync("kept", Token)).QueueName);
    }

    [Fact]
    public async Task A_practice_holds_one_letter_when_it_is_created_twice_under_one_identifier()
    {
        await using var practice = await PracticeStub.Start();
        practice.Next(Behaviour.Unavailable, Behaviour.Resets, Behaviour.StoresAndCuts);
        using var gp = new HttpClient();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Create()).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(Create);
        await Assert.ThrowsAsync<HttpRequestException>(Create);
        var last = await Create();

        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        Assert.Single(practice.Letters);
        Assert.Equal(4, practice.Requests.Count);

        Task<HttpResponseMessage> Create()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{practice.FhirBase}/DocumentReference");
            request.Headers.Add("If-None-Exist", "identifier=urn:test|1");
            request.Content = JsonContent.Create(new
            {
                resourceType = "DocumentReference",
                identifier = new[] { new { system = "urn:test", value = "1" } },
            });
            return gp.SendAsync(request, Token);
        }
    }

    [Fact]
    public void A_form_is_read_as_a_browser_would_send_it()
    {
        var page = new Page(new Uri("http://127.0.0.1/planning/schedule?x=1"), HttpStatusCode.OK, """
            <html><head><title>Plan &amp; boek</title></head><body><h1 class="a">Plan</h1>
            <form method="post"><input type="hidden" name="__RequestVerificationToken" value="t&#x2B;1" />
            <input name="Name" value="a > b"><textarea name="Text">
            hallo</textarea><select name="Where"><option value="1">Een</option><option value="2" selected>Twee</option></select>
            <input type="radio" name="How" value="x"><input type="radio" name="How" value="y" checked>
            <button type="submit">Boek</button></form></body></html>
            """);

        var form = page.Form("Boek");

        Assert.Equal(("Plan & boek", "Plan"), (page.Title, page.Heading));
        Assert.Equal(("t+1", "a > b", "hallo", "2", "y"), (
            form["__RequestVerificationToken"], form["Name"], form["Text"]?.Trim(), form["Where"], form["How"]));
        Assert.Equal(["1", "2"], form.Choices("Where"));
        Assert.Equal(page.Address, form.Action);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<object?> Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}

using System.Globalization;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.AspNetCore.DataProtection;
using VGIntegration.Fhir;

namespace VGIntegration.GpSystem.Filing;

/// <summary>What this system keeps: one file for each thing, on the disk before it is confirmed.</summary>
internal sealed class Cabinet(string folder)
{
    private readonly Lock _drawer = new();

    /// <summary>One change at a time, so that a look-up and the write after it are one.</summary>
    public T Locked<T>(Func<T> work)
    {
        lock (_drawer)
        {
            return work();
        }
    }

    public T? Find<T>(string id)
        where T : Resource => Resource<T>(Path.Combine(folder, typeof(T).Name, $"{id}.json"));

    public IReadOnlyList<T> All<T>()
        where T : Resource => [.. Files(typeof(T).Name).Select(Resource<T>).OfType<T>()];

    /// <summary>Keeps a new version; the same content once more is no new version.</summary>
    public (T Kept, bool IsNew) Keep<T>(T resource, DateTimeOffset now)
        where T : Resource
    {
        var known = Find<T>(resource.Id!);
        resource.Meta = known?.Meta;
        if (known is not null && resource.IsExactly(known))
        {
            return (known, false);
        }

        var version = int.Parse(known?.Meta?.VersionId ?? "0", CultureInfo.InvariantCulture) + 1;
        resource.Meta = new Meta { VersionId = $"{version}", LastUpdated = now };
        Write(resource.TypeName, resource.Id!, FhirJson.Write(resource));
        return (resource, known is null);
    }

    public T? FindNote<T>(string name)
        where T : class
    {
        var path = Path.Combine(folder, typeof(T).Name, $"{name}.json");
        return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path)) : null;
    }

    public IReadOnlyList<T> Notes<T>()
        where T : class => [.. Files(typeof(T).Name).Select(path => JsonSerializer.Deserialize<T>(File.ReadAllBytes(path))!)];

    public void KeepNote<T>(string name, T note)
        where T : class => Write(typeof(T).Name, name, JsonSerializer.SerializeToUtf8Bytes(note));

    private string[] Files(string drawer)
    {
        var path = Path.Combine(folder, drawer);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.json") : [];
    }

    private static T? Resource<T>(string path)
        where T : Resource
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var reader = new Utf8JsonReader(File.ReadAllBytes(path));
        FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref reader, out var resource, out _);
        return resource as T;
    }

    private void Write(string drawer, string name, byte[] content)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, drawer)).FullName, $"{name}.json");
        using (var file = new FileStream($"{path}.new", FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.new", path, overwrite: true);
    }
}

internal static class Registration
{
    public static void AddCabinet(this WebApplicationBuilder builder, string data)
    {
        var folder = Path.GetFullPath(Path.Combine(data, "gp-system"));
        builder.Services.AddSingleton(new Cabinet(folder));
        builder.Services.AddDataProtection().SetApplicationName("gp-system")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(folder, "keys")));
    }
}

using System.Reflection;
using System.Runtime.ExceptionServices;
using Contracts.Ipc.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>
/// One version of many contracts, compiled with the generator and loaded beside the other version, as if each were in a process of its own. All are in one assembly: one
/// compilation takes as long as another, however many contracts are in it.
/// </summary>
internal sealed class ContractVersion
{
    // A class of the service's own assembly: what is derived from it at run time then lives and goes with that assembly.
    private const string Service = "namespace Acme; public class Service : Contracts.Ipc.Evolution.Tests.Harness.Recorder;";

    private static readonly MetadataReference ThisAssembly = MetadataReference.CreateFromFile(typeof(Recorder).Assembly.Location);

    private readonly Assembly _assembly;
    private readonly Lazy<Judgement.VersionFacts> _facts;

    private ContractVersion(CSharpCompilation compilation, Assembly assembly)
    {
        _assembly = assembly;
        _facts = new Lazy<Judgement.VersionFacts>(() => new Judgement.VersionFacts(compilation));
    }

    /// <summary>What a baseline would keep of it.</summary>
    internal Judgement.VersionFacts Facts => _facts.Value;

    internal static ContractVersion Compile(IEnumerable<VersionSource> sources)
    {
        CSharpCompilation compilation = TestCompilation.Create(Service, "Acme.App", references: [ThisAssembly]).AddSyntaxTrees(
            sources.Select(static source => TestCompilation.Parse(source.ToCode(), source.Namespace + ".cs")));
        GeneratorRun run = GeneratorRun.Of(compilation);
        return new ContractVersion(compilation, run.Load());
    }

    internal bool Has(string @namespace) => _assembly.GetType(@namespace + ".Script") is not null;

    /// <summary>Adds the contract of a namespace to a server.</summary>
    internal Recorder Offer(IpcServer server, string @namespace)
    {
        object service = Recorder.Of(_assembly.GetType("Acme.Service", throwOnError: true)!, Contract(@namespace), (Func<object?>)Member(@namespace, "Answer"));
        _ = Generic(nameof(Add), @namespace).Invoke(null, [server, service]);
        return (Recorder)service;
    }

    /// <summary>A proxy, and the calls that are made with it.</summary>
    internal Func<object?>[] Calls(IpcConnection connection, string @namespace)
        => (Func<object?>[])Generic(nameof(Bind), @namespace).Invoke(null, [connection, Member(@namespace, "Calls")])!;

    private static void Add<T>(IpcServer server, T service)
        where T : class, IIpcContract<T>
        => server.AddService(service);

    private static Func<object?>[] Bind<T>(IpcConnection connection, Func<T, object?>[] calls)
        where T : class, IIpcContract<T>
    {
        T proxy = connection.GetProxy<T>();
        return [.. calls.Select(call => (Func<object?>)(() => call(proxy)))];
    }

    private MethodInfo Generic(string method, string @namespace)
        => typeof(ContractVersion).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(Contract(@namespace));

    private Type Contract(string @namespace) => (Type)Member(@namespace, "Contract");

    private object Member(string @namespace, string name)
    {
        try
        {
            return _assembly.GetType(@namespace + ".Script", throwOnError: true)!.GetField(name)!.GetValue(null)!;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}

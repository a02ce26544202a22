using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Shapes;

/// <summary>IPC1001 to IPC1009: the contract itself.</summary>
public sealed class ContractShapeTests
{
    [Fact, Rejects("IPC1001")]
    public Task A_contract_that_is_not_partial_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public interface {|IPC1001:ICalculator|} { int Add(int a, int b); }
        """);

    [Fact, Rejects("IPC1001")]
    public Task A_holder_that_is_not_partial_is_rejected() => Verify.ReportsAsync("""
        public interface IForeign { void Do(); }
        [IpcContractFor(typeof(IForeign))] public static class {|IPC1001:Holder|} { }
        """);

    [Fact, Accepts("IPC1001"), Accepts("IPC1002"), Accepts("IPC1003")]
    public Task Partial_contracts_public_internal_nested_and_derived_are_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface IBase { void Do(); }
        [IpcService] internal partial interface IDerived : IBase { Task<string> AskAsync(string question, CancellationToken cancellationToken = default); }

        public partial class Outer
        {
            internal partial record struct Inner
            {
                [IpcService] private partial interface INested { ValueTask PingAsync(); }
            }
        }
        """);

    [Fact, Rejects("IPC1002")]
    public Task Every_type_around_a_contract_that_is_not_partial_is_rejected() => Verify.ReportsAsync("""
        public class {|IPC1002:Outer|}
        {
            public partial class Middle
            {
                public struct {|IPC1002:Inner|}
                {
                    [IpcService] public partial interface INested { void Do(); }
                }
            }
        }
        """);

    [Fact, Rejects("IPC1003")]
    public Task A_contract_that_is_local_to_its_file_is_rejected() => Verify.ReportsAsync("""
        [IpcService] file partial interface {|IPC1003:IClock|} { long Now(); }
        """);

    [Fact, Rejects("IPC1004")]
    public Task A_generic_contract_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface {|IPC1004:IStore|}<T> { void Put(int key); }
        """);

    [Fact, Accepts("IPC1004"), Accepts("IPC1005")]
    public Task A_closed_generic_base_contributes_its_methods() => Verify.AcceptsAsync("""
        public interface IStore<T> { Task PutAsync(string key, T value); }
        [IpcService] public partial interface INumbers : IStore<long>, IEquatable<string>;
        """);

    [Fact, Rejects("IPC1005")]
    public Task A_contract_in_a_generic_type_is_rejected() => Verify.ReportsAsync("""
        public partial class Hub<T>
        {
            public partial class Inner { [IpcService] public partial interface {|IPC1005:IFeed|} { void Publish(string text); } }
        }
        """);

    [Theory, Rejects("IPC1006")]
    [InlineData("acme/calculator")]
    [InlineData("/")]
    [InlineData("")]
    public Task A_name_that_is_empty_or_has_a_slash_is_rejected(string name) => Verify.ReportsAsync($$"""
        [IpcService(Name = "{{name}}")] public partial interface {|IPC1006:ICalculator|} { int Add(int a, int b); }
        """);

    [Fact, Accepts("IPC1006"), Accepts("IPC1020")]
    public Task Names_with_other_characters_are_accepted() => Verify.AcceptsAsync("""
        [IpcService(Name = "acme.calculator:v2 (ö)")]
        public partial interface ICalculator { [IpcMethod(Name = "add-numbers")] int Add(int a, int b); }
        """);

    [Theory, Rejects("IPC1007")]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp12)]
    public Task A_language_version_that_generated_code_cannot_use_is_rejected(LanguageVersion version) => Verify.ReportsAsync(
        "namespace Acme { [Contracts.Ipc.IpcService] public partial interface {|IPC1007:IClock|} { long Now(); } }", version);

    [Theory, Accepts("IPC1007")]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public Task Newer_language_versions_are_accepted(LanguageVersion version) => Verify.ReportsAsync(
        "[IpcService] public partial interface IClock { long Now(); }", version);

    [Fact, Rejects("IPC1008")]
    public Task A_holder_that_is_not_static_or_names_no_plain_interface_is_rejected() => Verify.ReportsAsync("""
        public interface IForeign { void Do(); }
        [IpcContractFor(typeof(string))] public static partial class {|IPC1008:ForString|};
        [IpcContractFor(typeof(IForeign))] public partial class {|IPC1008:NotStatic|};
        """);

    [Fact, Accepts("IPC1008"), Accepts("IPC1009")]
    public Task A_holder_of_a_foreign_interface_is_accepted() => Verify.AcceptsAsync("""
        public interface IForeign { void Do(); }
        [IpcContractFor(typeof(IForeign))] public static partial class ForeignContract;
        [IpcContractFor(typeof(IDisposable), Name = "acme.disposable")] internal static partial class DisposableContract;
        """);

    [Fact, Rejects("IPC1024")]
    public Task Contracts_with_one_name_are_reported_at_the_later_one() => Verify.ReportsAsync("""
        namespace Acme { [IpcService] public partial interface IClock { long Now(); } }
        [IpcService(Name = "Acme.IClock")] public partial interface {|IPC1024:IOther|} { long Now(); }
        [IpcService(Name = "acme.calendar")] public partial interface {|IPC1024:ICalendar2|} { long Today(); }
        [IpcService(Name = "acme.calendar")] public partial interface ICalendar1 { long Today(); }
        [IpcContractFor(typeof(IDisposable), Name = "acme.calendar")] public static partial class {|IPC1024:ZHolder|};
        """);

    [Fact, Accepts("IPC1024")]
    public Task Contracts_with_names_of_their_own_are_accepted() => Verify.AcceptsAsync("""
        namespace Acme { [IpcService] public partial interface IClock { long Now(); } }
        namespace Other { [IpcService] public partial interface IClock { long Now(); } }
        [IpcService(Name = "acme.clock")] public partial interface IClock { long Now(); }
        [IpcService(Name = "ACME.clock")] public partial interface IClockToo { long Now(); }
        """);

    [Fact, Rejects("IPC1009")]
    public Task A_holder_of_a_contract_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface ICalculator { int Add(int a, int b); }
        [IpcContractFor(typeof(ICalculator))] public static partial class {|IPC1009:CalculatorContract|};
        """);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Options;

/// <summary>Times that stand in the source: TimeSpan.Zero, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan.</summary>
internal static class ConstantTime
{
    /// <summary>As Timeout.InfiniteTimeSpan.</summary>
    internal static TimeSpan Infinite { get; } = TimeSpan.FromMilliseconds(-1);

    internal static TimeSpan? Of(IOperation? value, UsageSymbols symbols)
    {
        IOperation? bare = value.Bare();
        return bare switch
        {
            IFieldReferenceOperation { Field: { Name: "Zero" } field } when IsTimeSpan(field.ContainingType) => TimeSpan.Zero,
            IFieldReferenceOperation { Field: { Name: "MaxValue" } field } when IsTimeSpan(field.ContainingType) => TimeSpan.MaxValue,
            IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } } => Infinite,
            IDefaultValueOperation when IsTimeSpan(bare.Type) => TimeSpan.Zero,
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus when Of(minus.Operand, symbols) is { } time && time != TimeSpan.MinValue => -time,
            IInvocationOperation { TargetMethod: { IsStatic: true } method, Arguments: { Length: > 0 } arguments } when IsTimeSpan(method.ContainingType) => From(method.Name, arguments),
            _ => null,
        };

        bool IsTimeSpan(ITypeSymbol? type) => UsageSymbols.Same(type, symbols.TimeSpan);
    }

    private static TimeSpan? From(string factory, IEnumerable<IArgumentOperation> arguments)
    {
        IOperation[] said = [.. arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit).Select(argument => argument.Value)];
        if (said.Length != 1 || said[0].ConstantValue is not { HasValue: true, Value: IConvertible number })
        {
            return null;
        }

        double unit = factory switch
        {
            "FromDays" => TimeSpan.TicksPerDay,
            "FromHours" => TimeSpan.TicksPerHour,
            "FromMinutes" => TimeSpan.TicksPerMinute,
            "FromSeconds" => TimeSpan.TicksPerSecond,
            "FromMilliseconds" => TimeSpan.TicksPerMillisecond,
            "FromMicroseconds" => 10,
            "FromTicks" => 1,
            _ => double.NaN,
        };
        double ticks = number.ToDouble(provider: null) * unit;
        return Math.Abs(ticks) < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : null;
    }
}

// Contracts that fit into signals, and some that do not.
namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>Takes twenty of the thirty signals that a process has.</summary>
[IpcService(Name = "tests.panel", Signals = true)]
public partial interface IPanel
{
    [OneWay] void A0(); [OneWay] void A1(); [OneWay] void A2(); [OneWay] void A3(); [OneWay] void A4();
    [OneWay] void B0(); [OneWay] void B1(); [OneWay] void B2(); [OneWay] void B3(); [OneWay] void B4();
    [OneWay] void C0(); [OneWay] void C1(); [OneWay] void C2(); [OneWay] void C3(); [OneWay] void C4();
    [OneWay] void D0(); [OneWay] void D1(); [OneWay] void D2(); [OneWay] void D3(); [OneWay] void D4();
}

[IpcService(Name = "tests.unmarked")]
public partial interface IUnmarked
{
    [OneWay] void Ring();
}

[IpcService(Name = "tests.laden")]
public partial interface ILaden
{
    [OneWay] void Ring(int times);
}

[IpcService(Name = "tests.bell", Signals = true)]
public partial interface IBell
{
    [OneWay] void Toll();
}

/// <summary>Offers the bell's contract as well.</summary>
[IpcService(Name = "tests.tower", Signals = true)]
public partial interface ITower : IBell
{
    [OneWay] void Strike();
}

public sealed class Panel : IPanel
{
    public void A0() { }
    public void A1() { }
    public void A2() { }
    public void A3() { }
    public void A4() { }
    public void B0() { }
    public void B1() { }
    public void B2() { }
    public void B3() { }
    public void B4() { }
    public void C0() { }
    public void C1() { }
    public void C2() { }
    public void C3() { }
    public void C4() { }
    public void D0() { }
    public void D1() { }
    public void D2() { }
    public void D3() { }
    public void D4() { }
}

public sealed class Tower : ITower, IUnmarked, ILaden
{
    private int _tolls;
    private int _strikes;

    public (int Tolls, int Strikes) Counts => (Volatile.Read(ref _tolls), Volatile.Read(ref _strikes));

    public void Toll() => Interlocked.Increment(ref _tolls);

    public void Strike() => Interlocked.Increment(ref _strikes);

    public void Ring()
    {
    }

    public void Ring(int times)
    {
    }
}

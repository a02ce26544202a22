using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Runtime.Tests.Transports;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("unix:/run/calculator.sock", "unix", "/run/calculator.sock")]
    [InlineData("unix:calculator", "unix", "calculator")]
    [InlineData("unix:/with a space/and:colon", "unix", "/with a space/and:colon")]
    [InlineData("pipe:acme.calculator-2", "pipe", "acme.calculator-2")]
    [InlineData("inproc:Test_1", "inproc", "Test_1")]
    public void An_endpoint_survives_the_way_to_text_and_back(string text, string scheme, string address)
    {
        IpcEndpoint endpoint = text;

        Assert.Equal((scheme, address, text), (endpoint.Scheme, endpoint.Address, endpoint.ToString()));
        Assert.Equal(endpoint, IpcEndpoint.Parse(endpoint.ToString()));
        Assert.True(IpcEndpoint.TryParse(text, out IpcEndpoint? parsed));
        Assert.Equal(endpoint, parsed);
    }

    [Fact]
    public void The_factories_make_what_the_parser_makes()
    {
        Assert.Equal("unix:/run/x.sock", IpcEndpoint.Unix("/run/x.sock"));
        Assert.Equal("unix:x", IpcEndpoint.Unix("x"));
        Assert.Equal("pipe:x", IpcEndpoint.Pipe("x"));
        Assert.Equal("inproc:x", IpcEndpoint.InProcess("x"));
        _ = Assert.Throws<IpcEndpointException>(() => IpcEndpoint.Pipe("a/b"));
    }

    [Theory]
    [InlineData("", "no scheme")]
    [InlineData("calculator", "no scheme")]
    [InlineData("http://localhost", "the scheme 'http' is not known. Known are ")]
    [InlineData("Unix:x", "the scheme 'Unix' is not known")]
    [InlineData("unix:", "the name is empty")]
    [InlineData("unix:a/b.sock", "the path is relative")]
    [InlineData("unix:../x", "the path is relative")]
    [InlineData("unix:..", "begins with '.'")]
    [InlineData("unix:/a\0b", "zero character")]
    [InlineData("pipe:/tmp/x", "contains '/'")]
    [InlineData("pipe:a\\b", "contains '\\'")]
    [InlineData("inproc:naïve", "contains 'ï'")]
    [InlineData("inproc:-x", "begins with '-'")]
    public void What_is_not_an_endpoint_is_explained(string text, string because)
    {
        Assert.False(IpcEndpoint.TryParse(text, out IpcEndpoint? endpoint));
        Assert.Null(endpoint);
        IpcEndpointException error = Assert.Throws<IpcEndpointException>(() => IpcEndpoint.Parse(text));
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.Equal(IpcErrorCode.Endpoint, error.Code);
    }

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        Assert.True(IpcEndpoint.TryParse("pipe:" + new string('x', EndpointName.MaximumLength), out _));
        Assert.False(IpcEndpoint.TryParse("pipe:" + new string('x', EndpointName.MaximumLength + 1), out _));
    }
}

using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Doctor;

/// <summary>Shows a diagnosis: a table of all values, and below it the advice where something could be better.</summary>
internal static class DiagnosisPage
{
    public static void Show(Diagnosis diagnosis, Page page)
    {
        var grid = new Grid("Area", "Name", "Value", "Verdict");
        foreach (Finding finding in diagnosis.Findings)
        {
            grid.Add(new Cell(finding.Area, Tone.Faint), finding.Name, finding.Value, new Cell(Word(finding.Verdict), ToneOf(finding.Verdict)));
        }

        page.Table(grid);
        foreach (Finding finding in diagnosis.Findings.Where(finding => finding.Advice is not null).OrderByDescending(finding => finding.Verdict))
        {
            page.Line();
            page.Line($"{Word(finding.Verdict)}: {finding.Name}", ToneOf(finding.Verdict));
            page.Line($"  {finding.Advice}");
        }

        page.Line();
        page.Line(Summary(diagnosis.Findings), ToneOf(diagnosis.Verdict));
    }

    private static string Summary(IReadOnlyList<Finding> findings)
    {
        int errors = findings.Count(finding => finding.Verdict == Verdict.Error);
        int warnings = findings.Count(finding => finding.Verdict == Verdict.Warning);
        return (errors, warnings) switch
        {
            (0, 0) => $"{findings.Count} things looked at; all is well.",
            _ => $"{findings.Count} things looked at: {Count(errors, "error")}, {Count(warnings, "warning")}.",
        };
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Note => "note",
        Verdict.Warning => "warning",
        _ => "error",
    };

    private static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Verdict.Ok => Tone.Good,
        Verdict.Note => Tone.Faint,
        Verdict.Warning => Tone.Warning,
        _ => Tone.Bad,
    };
}

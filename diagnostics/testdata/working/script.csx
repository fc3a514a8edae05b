using System;

public class Script : ScriptBase
{
    #region What a careless reader of C# takes for an open "string or 'bracket (
    private string verbatim = @"a ""b"" \";
    private string hole = $"{DateTime.Now:yyyy-MM-dd'T'HH:mm:ss} {1,5} {(true ? "a" : "b")} {{ {string.Join(",", new[] { "a", "}" })}";
    private string both = $@"{{""query"": ""{verbatim.Replace("\"", "\\\"")}"" }} \
";
    private string chosen = $"{kind switch { 1 => "a", _ => "b" }}";
    private char quote = '"', single = '\'', backslash = '\\', brace = '{';
    private string address = "https://api.contoso.com//x /* y";
    private string raw = """
        { "a": "b
        """;
    #endregion
    #pragma warning disable CS1998 // don't

    /* " ' { */
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        switch (this.Context.OperationId)
        {
            case "Get":
                return null;
            default:
                return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
        }
    }
}

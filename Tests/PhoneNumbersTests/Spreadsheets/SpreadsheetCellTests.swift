import PhoneNumbers
import Testing

@Suite("Cells for spreadsheets") struct SpreadsheetCellTests {
    @Test(
        "a cell that a spreadsheet would run gets an apostrophe, one that looks guarded gets another, and the rest stays",
        arguments: [
            ("=1+1", "'=1+1"), ("+1 212", "'+1 212"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
            ("\rx", "'\rx"), ("\r\nx", "'\r\nx"), ("\nx", "'\nx"), ("＝1", "'＝1"), ("＠x", "'＠x"), ("'=1", "''=1"),
            ("''-x", "'''-x"), ("+12125550101", "+12125550101"), ("+12", "'+12"), ("'tis", "'tis"), ("'", "'"),
            ("", ""), ("Ada", "Ada"), ("a=b", "a=b"), (" =1", " =1"),
        ])
    func guarded(cell: String, written: String) {
        #expect(SpreadsheetCell.guarded(cell) == written)
        #expect(SpreadsheetCell.original(written) == cell)
    }
}

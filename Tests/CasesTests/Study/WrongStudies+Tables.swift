extension WrongStudies {
    /// Tables that are wrong.
    static let tables: [WrongStudy] = [
        WrongStudy(
            "a table that is not there",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            "study.yaml:4:40: there is no table `points.csv`; give the path of a .csv file as seen from "
                + "the study file"),
        WrongStudy(
            "an empty table",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "\n\n"],
            "points.csv:1:1: the table is empty; its first line names the columns"),
        WrongStudy(
            "a table without rows",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L,T\n"],
            "points.csv:1:1: the table has no rows below the names of its columns"),
        WrongStudy(
            "a row that is short",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L,T\n1 um,2\n3 um\n"],
            "points.csv:3:1: found 1 value in this row where the first line names 2"),
        WrongStudy(
            "a column that is not there",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "l,T\n1 um,2\n"],
            "study.yaml:4:60: `column`: there is no column `L` in `points.csv`, did you mean `l`?"),
        WrongStudy(
            "a column twice",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L,L\n1 um,2\n"],
            "points.csv:1:3: the column `L` stands twice in the table; rename one"),
        WrongStudy(
            "a quote that is not closed",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L,T\n1 um,\"2\n"],
            "points.csv:2:6: the quote that opens here is not closed"),
        WrongStudy(
            "a quote within a value",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L,T\n1 um,2\"\n"],
            "points.csv:2:7: a quote stands within a value; put the whole value in quotes and double "
                + "those in it"),
        WrongStudy(
            "text behind a quote",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L,T\n1 um,\"2\"x\n"],
            "points.csv:2:9: expected a comma or the end of the line behind the closing quote"),
        WrongStudy(
            "a cell that is empty",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L, unit: um}}
            """,
            files: ["points.csv": "T,L\n1,2\n1,\n"],
            "points.csv:3:3: the column `L` holds nothing in this row"),
        WrongStudy(
            "a unit in a column with a unit",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L, unit: um}}
            """,
            files: ["points.csv": "T,L\n1,2\n1, 3 um\n"],
            "points.csv:3:4: expected a bare number, as the column has the `unit: um`, found `3 um`"),
        WrongStudy(
            "a value of a table out of range",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L, unit: um}}
            """,
            files: ["points.csv": "T,L\n1,-2\n1,3\n"],
            "points.csv:2:3: `thickness`: -2 um is out of range, expected at least 0.1 nm, at most 10 cm"),
        WrongStudy(
            "a number of a table that cannot be read",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L}}
            """,
            files: ["points.csv": "L\n1 um\n2 umm\n"],
            "points.csv:3:1: unknown unit `umm`, did you mean `um`?"),
        WrongStudy(
            "an unknown unit of a column",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, csv: {file: points.csv, column: L, unit: umm}}
            """,
            files: ["points.csv": "L\n1\n"],
            "study.yaml:4:69: `unit`: unknown unit `umm`, did you mean `um`?"),
    ]
}

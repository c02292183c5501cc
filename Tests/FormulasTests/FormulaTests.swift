import Formulas
import Foundation
import LinearAlgebra
import Testing

/// Foundation has a type of this name too.
typealias Formula = Formulas.Formula

/// The value of a formula of x and y.
func value(_ text: String, x: Double = 0, y: Double = 0) throws -> Double {
    try Formula(parsing: text, variables: ["x", "y"]).evaluate { $0 == 0 ? x : y }
}

/// The error that a formula of x and y makes.
func failure(of text: String, dialect: Formula.Dialect = .formula) -> FormulaError? {
    do throws(FormulaError) {
        _ = try Formula(parsing: text, variables: ["x", "y"], dialect: dialect)
        return nil
    } catch {
        return error
    }
}

@Suite struct FormulaTests {
    @Test(
        "Operators bind as in mathematics",
        arguments: [
            ("1+2*3", 7), ("(1+2)*3", 9), ("8-3-2", 3), ("8/4/2", 1), ("2^3^2", 512), ("2**3**2", 512), ("-2^2", -4),
            ("(-2)^2", 4), ("2^-1", 0.5), ("2*-3", -6), ("--3", 3), ("-+-3", 3), ("2^-2^2", 0.0625), ("+4-+4", 0),
            ("1e3", 1000), ("1E+3", 1000), (".5", 0.5), ("5.", 5), ("5.e-1", 0.5), ("0.1e1*1.", 1), ("1e-999", 0),
            ("4**-0.5", 0.5), ("sqrt(9)", 3), ("log(exp(2))", 2), ("ln(exp(2))", 2), ("log10(1000)", 3), ("sinh(0)", 0),
            ("2*pi", 2 * Double.pi), (" 1 \t+\n 2 ", 3), ("((((1))))", 1), ("3-2*2^2/4+1", 2), ("exp(0)^5", 1),
        ])
    func precedence(text: String, expected: Double) throws {
        #expect(abs(try value(text) - expected) <= 4e-15 * abs(expected))
        #expect(try Formula(parsing: text, variables: []).constant == value(text))
    }

    @Test("Variables take part in every place of an operation")
    func variables() throws {
        let (x, y) = (1.75, -0.5)
        #expect(try value("x-y", x: x, y: y) == x - y)
        #expect(try value("2-x", x: x) == 2 - x)
        #expect(try value("2/x", x: x) == 2 / x)
        #expect(try value("x/y/2", x: x, y: y) == x / y * 0.5)
        #expect(try value("x-(y-x)", x: x, y: y) == x - (y - x))
        #expect(try value("x/(y*x)", x: x, y: y) == x / (y * x))
        #expect(try value("tanh(x)*asinh(y)", x: x, y: y) == tanh(x) * asinh(y))
        #expect(abs(try value("x^(1+y)", x: x, y: y) - pow(x, 1 + y)) < 1e-15)
        #expect(abs(try value("2^x", x: x) - pow(2, x)) < 1e-15)
        #expect(abs(try value("x^1.5", x: x) - pow(x, 1.5)) < 1e-15)
    }

    @Test("A whole constant exponent takes a base of either sign", arguments: [-64, -9, -3, -2, -1, 0, 1, 2, 3, 7, 64])
    func wholePowers(exponent: Int) throws {
        for x in [-1.25, 0.8, 1.5] {
            let expected = pow(x, Double(exponent))
            #expect(abs(try value("x**(\(exponent))", x: x) / expected - 1) < 1e-14)
        }
    }

    @Test(
        "Derivatives by dual numbers equal central differences",
        arguments: [
            "x*y", "x/y", "x-y*x", "1/x", "3-x", "x^3", "x^-2", "x^0", "x^2.5", "x^y", "2^x", "exp(-x*y)", "ln(x+y)",
            "log10(x)", "sqrt(x)", "sinh(x)*tanh(y)", "asinh(x/y)", "-8367.34+143.675547*x-26.18*x*ln(x)+78950*x**(-1)",
        ])
    func derivatives(text: String) throws {
        let formula = try Formula(parsing: text, variables: ["x", "y"])
        let point = [1.3, 0.7]
        for index in 0...1 {
            let dual = formula.evaluate { Dual<Double>(point[$0], partials: $0 == index ? 1 : 0) }
            let step = 1e-5
            let above = formula.evaluate { point[$0] + ($0 == index ? step : 0) }
            let below = formula.evaluate { point[$0] - ($0 == index ? step : 0) }
            let difference = (above - below) / (2 * step)
            #expect(dual.value == formula.evaluate { point[$0] })
            #expect(abs(dual.partials - difference) < 1e-7 * (1 + abs(difference)) + 1e-9 * abs(dual.value) / step)
        }
    }

    @Test("The formula says which variables it uses, and whether it is a constant")
    func used() throws {
        let formula = try Formula(parsing: "z*2+z-w", variables: ["x", "w", "y", "z"])
        #expect(formula.usedVariables == [1, 3])
        #expect(formula.constant == nil)
        #expect(try Formula(parsing: "2*3", variables: ["x"]).constant == 6)
    }

    @Test("With any names allowed the names are listed as they occur")
    func anyNames() throws {
        let formula = try Formula(parsingWithAnyNames: "b*a - b + exp(c_1)")
        #expect(formula.variables == ["b", "a", "c_1"])
        #expect(formula.evaluate { [2.0, 5, 0][$0] } == 9)
    }

    @Test("In a database names are in capitals, may end in `#`, and functions are written in any case")
    func database() throws {
        let formula = try Formula(parsingWithAnyNames: "+GHserLi#*2 - 3*t*LN(T)+PI", dialect: .database)
        #expect(formula.variables == ["GHSERLI", "T", "PI"])
        #expect(formula.evaluate { [10.0, 1, 4][$0] } == 24)
        #expect(failure(of: "x#")?.offset == 1)
        #expect(failure(of: "X + Y#", dialect: .database) == nil)
    }

    @Test(
        "What is no formula is refused where the trouble starts",
        arguments: [
            ("", 0, "found nothing"), ("   ", 0, "found nothing"), ("1+", 2, "found the end"), ("1+*2", 2, "`*`"),
            ("(1+2", 0, "without its `)`"), ("1+2)", 3, "without its `(`"), ("(1 2)", 3, "`2`"), ("x y", 2, "`y`"),
            ("2+Tm", 2, "unknown name `Tm`, the names here are `x`, `y`, `pi`"),
            ("1+sin(x)", 2, "unknown function `sin`"),
            ("exp", 0, "unknown name `exp`"), ("x+1/0", 2, "`1/0` has no finite value"),
            ("log(-1)", 0, "no finite value"),
            ("(-8)^0.5", 0, "no finite value"), ("1e999", 0, "beyond"), ("2*.", 2, "`.` is not a number"),
            ("(-2)^x", 0, "positive base"), ("0^x", 0, "positive base"), ("x = 1", 2, "`=`"), ("é+1", 0, "`é`"),
            ("1..2", 2, "found `.`"), ("x^", 2, "found the end"), ("()", 1, "`)`"), ("1e", 1, "found `e`"),
        ])
    func offsets(text: String, offset: Int, message: String) throws {
        let error = try #require(failure(of: text))
        #expect(error.offset == offset)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.description == error.message)
    }
}

package dev.hansa.client.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the coordinator is told (the message) and what the owner is told (the detail) of files that do not fit. */
class CsvProblemsTest {
    private static final DataSpec SPEC = new DataSpec("flowers", new Schema(List.of(new Column.Number("width", "cm")),
            new Column.Category("species", "", List.of("setosa", "virginica"))), new HoldOut.None(), false);

    @TempDir
    private Path directory;

    @Test
    void aMissingFileIsNamedWithItsPathForTheOwnerAlone() {
        DataException problem = problem(directory.resolve("iris.csv"));
        assertThat(problem).hasMessage("iris.csv does not exist; mend the path or put the file there");
        assertThat(problem.detail()).startsWith(directory.resolve("iris.csv") + " does not exist");
        assertThat(problem.retrySafe()).isFalse();
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThat(problem(directory)).hasMessageContaining("is a directory; expected a CSV file");
    }

    @Test
    void anEmptyFileHasNoHeader() throws IOException {
        assertThat(problem("")).hasMessage("iris.csv is empty; expected a header line and rows");
        assertThat(problem("\uFEFF")).hasMessage("iris.csv is empty; expected a header line and rows");
    }

    @Test
    void aHeaderAloneHasNoRows() throws IOException {
        assertThat(problem("width,species\n")).hasMessage("iris.csv has a header and no rows; expected at least one");
    }

    @Test
    void aMissingColumnIsNamedAndTheOwnerHearsOfTheNearest() throws IOException {
        DataException problem = problem("Width ,spcies\n1,setosa\n");
        assertThat(problem).hasMessageContainingAll("column width: not found in the header",
                "column species: not found in the header", "Mend the file");
        assertThat(problem.detail()).contains("column width: not found in the header: did you mean \"Width\"?")
                .contains("did you mean \"spcies\"?");
    }

    @Test
    void aFileWithoutHeaderDoesNotGiveAwayItsFirstRow() throws IOException {
        DataException problem = problem("3.14159,widthy\n1,setosa\n");
        assertThat(problem.getMessage()).doesNotContain("3.14159").doesNotContain("widthy");
        assertThat(problem.detail()).contains("3.14159");
    }

    @Test
    void aColumnThatIsThereTwiceIsRefusedIfItIsAskedFor() throws IOException {
        assertThat(problem("width,species,width\n1,setosa,2\n"))
                .hasMessage("the file does not fit: column width: expected once, found 2 times in the header. "
                        + "Mend the file, or have the run's schema changed.");
        assertThat(new CsvSource(file("x,width,species,x\n1,2,setosa,3\n")).read(SPEC).rows()).isEqualTo(1);
    }

    @Test
    void textInANumberColumnIsLocatedAndQuotedForTheOwnerAlone() throws IOException {
        DataException problem = problem("width,species\n1,setosa\nthick,virginica\n");
        assertThat(problem)
                .hasMessageStartingWith("the file does not fit: column width: expected a number, found text.");
        assertThat(problem.getMessage()).doesNotContain("thick");
        assertThat(problem.detail()).contains("line 3, column width: expected a number, found text: \"thick\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "1.2.3", "1 000", "e", "--1"})
    void onlyDecimalNumbersAreNumbers(String cell) throws IOException {
        assertThat(problem("width,species\n" + cell + ",setosa\n").detail())
                .contains("iris.csv, line 2, column width: expected a number, found text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "inf", "-Infinity", "1e999"})
    void numbersMustBeFinite(String cell) throws IOException {
        assertThat(problem("width,species\n" + cell + ",setosa\n").detail())
                .contains("iris.csv, line 2, column width: expected a finite number, found NaN or an infinity");
    }

    @Test
    void aDecimalCommaIsRecognised() throws IOException {
        assertThat(problem("width;species\n3,5;setosa\n"))
                .hasMessageContaining("expected a number with a decimal point, found one with a decimal comma");
    }

    @Test
    void emptyCellsAreLocated() throws IOException {
        assertThat(problem("width,species\n ,\n").detail()).contains(
                "line 2, column width: expected a number, found an empty cell",
                "line 2, column species: expected one of the declared categories setosa, virginica; found an empty cell");
    }

    @Test
    void anUndeclaredClassIsToldBesideTheDeclaredOnes() throws IOException {
        DataException problem = problem("width,species\n1,setosa\n1,versicolor\n");
        assertThat(problem).hasMessageContaining(
                "column species: expected one of the declared categories setosa, virginica; found another text");
        assertThat(problem.getMessage()).doesNotContain("versicolor");
        assertThat(problem.detail()).contains("line 3, column species", "found another text: \"versicolor\"");
    }

    @Test
    void raggedRowsAreLocated() throws IOException {
        assertThat(problem("width,species\n1\n1,setosa\n1,setosa,2\n").detail()).contains(
                "line 2, cells: expected 2 as in the header, found another number: 1",
                "line 4, cells: expected 2 as in the header, found another number: 3");
    }

    @Test
    void rowsAreNumberedByTheLineWhereTheyBegin() throws IOException {
        assertThat(problem("note,width,species\n\"two\nlines\",1,setosa\n\nx,y,setosa\n").detail())
                .contains("line 5, column width");
    }

    @Test
    void aQuoteThatNeverEndsIsLocated() throws IOException {
        assertThat(problem("width,species\n1,setosa\n1,\"setosa\n2,virginica\n"))
                .hasMessageContaining("is no CSV file from line 3 on");
    }

    @Test
    void bytesThatAreNotUtf8AreLocatedHoweverFarIn() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("width,species\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 50_000; i++) {
            bytes.write("1.5,s\u00e9tosa\n".getBytes(StandardCharsets.UTF_8));
        }
        int before = bytes.size();
        bytes.write("2.5,s\u00e9tosa\n".getBytes(StandardCharsets.ISO_8859_1));
        Path file = Files.write(directory.resolve("iris.csv"), bytes.toByteArray());
        assertThat(problem(file)).hasMessage("iris.csv is not UTF-8: line 50002, after byte " + (before + 5)
                + " of the file; save it as UTF-8");
    }

    @Test
    void aHeaderThatIsNotUtf8IsLocated() throws IOException {
        Path file =
                Files.write(directory.resolve("iris.csv"), "width,sp\u00e9\n1,2\n".getBytes(StandardCharsets.UTF_16));
        assertThat(problem(file)).hasMessageContaining("is not UTF-8: line 1, after byte 0");
    }

    @Test
    void tenProblemsAreShownAndTheRestCounted() throws IOException {
        DataException problem = problem("width,species\n" + "bad,setosa\n".repeat(25));
        assertThat(problem.detail()).contains("iris.csv has 25 problems:", "line 11, column", "and 15 more")
                .doesNotContain("line 12, column");
    }

    @Test
    void theCoordinatorHearsTheSameOfOneRowAsOfMany() throws IOException {
        String header = "width,species\n";
        String one = problem(header + "1,setosa\n1,oak\n1,setosa\n").getMessage();
        String many = problem(header + "1,oak\n" + "1,elm\n".repeat(30)).getMessage();
        assertThat(one).isEqualTo(many).doesNotContain("row");
    }

    @Test
    void whatIsShownOfACellIsShortAndOnOneLine() throws IOException {
        DataException problem = problem("width,species\n\"a\u001b[31m\nb" + "c".repeat(100) + "\",setosa\n");
        assertThat(problem.detail()).contains("\"a�[31m�bccc").contains("ccc…\"").doesNotContain("\u001b");
    }

    private DataException problem(String content) throws IOException {
        return problem(file(content));
    }

    private static DataException problem(Path file) {
        return catchThrowableOfType(DataException.class, () -> new CsvSource(file).read(SPEC));
    }

    private Path file(String content) throws IOException {
        return Files.write(directory.resolve("iris.csv"), content.getBytes(StandardCharsets.UTF_8));
    }
}

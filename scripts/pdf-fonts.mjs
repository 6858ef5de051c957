// Copies the fonts that documents (PDF) are set in to where the package finds them. They are not in the repository.
import { copyFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "node_modules", "@expo-google-fonts");
const target = join(root, "src", "treffpunkt", "meetings", "built", "fonts");
const fonts = [
  "noto-sans/400Regular/NotoSans_400Regular.ttf",
  "noto-sans/700Bold/NotoSans_700Bold.ttf",
  "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
  "noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
];

mkdirSync(target, { recursive: true });
for (const font of fonts) copyFileSync(join(source, font), join(target, basename(font)));
copyFileSync(join(source, "noto-sans", "LICENSE_FONT"), join(target, "LICENSE"));

"""First names that are nothing but names, in the languages of our communities: for finding them in free text.

Common words that are names as well (Rosa, Hope, أمل, عمر, Nada) are left out: whoever types should be asked about
people, not about sentences. Serbian stands in Latin letters, since folding writes Cyrillic so.
"""

from __future__ import annotations

from treffpunkt.core.text import fold

_GERMAN = """
Andrea Anna Anja Angelika Anke Annette Antje Astrid Barbara Birgit Brigitte Britta Carola Caroline Charlotte
Christiane Christina Christine Claudia Cornelia Dagmar Daniela Doris Dorothea Elke Ellen Elisabeth Emma Eva Franziska
Friederike Gabriele Gerda Gisela Greta Gudrun Hannah Hannelore Heidi Heike Helga Henrike Hilde Hildegard Ilse Ingrid
Irmgard Jana Jasmin Johanna Judith Julia Juliane Jutta Karin Karla Katharina Katja Katrin Kathrin Kerstin Klara Kristina
Laura Lena Leonie Lisa Luise Maike Manuela Maren Margarete Margot Maria Marianne Marie Marlene Martina Mathilda Melanie
Michaela Miriam Monika Nadine Natalie Nicole Nina Olga Petra Ramona Regina Renate Ruth Sabine Sabrina Sandra Saskia
Silke Silvia Simone Sonja Sophie Stefanie Steffi Susanne Svenja Sylvia Tanja Tatjana Ulrike Ursula Ute Verena Veronika
Viola Waltraud Wiebke Yvonne Alexander Andreas Axel Benjamin Bernd Bernhard Björn Carsten Christian Christoph Clemens
Daniel Dennis Detlef Dieter Dirk Dominik Eberhard Eckhard Erich Fabian Felix Florian Frederik
Friedrich Georg Gerd Gerhard Günter Günther Hans Harald Hartmut Heiko Heinrich Heinz Helmut Henning Herbert Hermann
Holger Horst Ingo Jakob Jan Jannik Jens Joachim Jochen Johannes Jonas Jörg Jürgen Julian Karl Karsten
Klaus Konrad Kurt Lars Leon Lukas Lutz Manfred Marcel Markus Martin Matthias Maximilian Michael Moritz Niklas Nils
Norbert Olaf Oliver Oskar Otto Patrick Paul Philipp Rainer Ralf Reinhard Robert Roland Rolf Rüdiger Sascha Sebastian
Siegfried Simon Stefan Steffen Sven Theodor Thomas Thorsten Tobias Torsten Udo Ulrich Uwe Volker Walter Werner Wilhelm
Wolfgang
"""
_ENGLISH_AND_WEST_AFRICAN = """
Abigail Alice Amanda Amy Angela Ashley Brenda Catherine Cheryl Deborah Denise Diana Donna Dorothy Elizabeth Emily Emma
Hannah Heather Helen Jacqueline Janet Jennifer Jessica Joan Joyce Julie Karen Kathleen Kimberly Lauren Linda Margaret
Melissa Michelle Nancy Olivia Pamela Patricia Rachel Rebecca Samantha Sarah Sharon Shirley Stephanie Susan Teresa Tracy
Abena Adaeze Adwoa Akosua Akua Amaka Amina Aminata Chiamaka Chidinma Chinwe Efua Fatou Fatoumata
Folake Funmilayo Ifeoma Kadiatou Mariama Ngozi Nkechi Oluchi Temitope Yetunde Zainab Andrew Anthony Brandon Brian Charles
Christopher David Donald Edward Eric Gary George Gregory Jacob James Jason Jeffrey John Jonathan Joseph Joshua Justin
Kenneth Kevin Matthew Nicholas Patrick Peter Raymond Richard Robert Ronald Ryan Samuel Scott Stephen Steven Timothy
Tyler William Babatunde Chinedu Chukwuemeka Ebenezer Emeka Ibrahim Ikechukwu Kofi Kwabena Kwadwo Kwame Kwasi Mamadou
Obinna Olufemi Oluwaseun Ousmane Segun Tunde
"""
_FRENCH = """
Adèle Agathe Amélie Anaïs Aurélie Bénédicte Brigitte Camille Céline Chantal Charlène Chloé Christelle Clémence
Colette Corinne Delphine Éléonore Élodie Émilie Estelle Françoise Geneviève Ghislaine Hélène Inès Isabelle Jacqueline
Jeanne Joséphine Juliette Justine Laurence Léa Louise Madeleine Manon Margaux Mathilde Mélanie Mireille Monique Nathalie
Noémie Océane Odile Pauline Sandrine Solange Solène Stéphanie Sylvie Thérèse Valérie Véronique Virginie Yolande Adrien
Alain Antoine Arnaud Baptiste Benoît Bertrand Cédric Christophe Damien Didier Étienne Fabien Fabrice François Frédéric
Gaël Gérard Gilles Grégory Guillaume Hervé Hugo Jacques Jérôme Julien Laurent Loïc Ludovic Marc
Mathieu Maxime Nicolas Olivier Pascal Philippe Pierre Quentin Raphaël Rémi Romain Sébastien Stéphane Sylvain Théo Thibault
Thierry Vincent Xavier Yann Yves
"""
_SPANISH = """
Adriana Alejandra Alicia Ana Andreína Beatriz Camila Carla Carmen Carolina Catalina Cecilia Cristina Daniela Elena Elvira
Fernanda Francisca Gabriela Guadalupe Inés Irene Isabel Jimena Josefina Juana Juliana Laura
Leticia Lorena Lucía Luisa Magdalena Manuela Marcela María Mariana Maribel Marisol Marta Martina Micaela
Mónica Natalia Noelia Paola Patricia Paula Raquel Sandra Silvia Sofía Susana Valentina
Verónica Ximena Yolanda Alejandro Alfonso Alfredo Andrés Antonio Armando Arturo Carlos Cristian Cristóbal Diego Eduardo
Emilio Enrique Ernesto Esteban Federico Felipe Fernando Francisco Gabriel Gonzalo Guillermo Gustavo Héctor Hernán Ignacio
Javier Joaquín Jorge José Juan Leonardo Luis Manuel Marcos Mario Martín Mauricio Miguel Nicolás Pablo Pedro
Rafael Ramón Raúl Ricardo Roberto Rodrigo Rubén Santiago Sergio Tomás Vicente
"""
_SERBIAN = """
Aleksandra Ana Anđela Bojana Biljana Branka Branislava Danijela Dijana Dragana Dubravka Dušanka Gordana Ivana Jasmina
Jasna Jelena Jovana Katarina Ksenija Lidija Ljiljana Ljubica Maja Marija Marijana Marina Milena Milica Mirjana
Nataša Nevena Nikolina Olivera Radmila Sanja Slavica Slađana Snežana Sonja Suzana Svetlana Tamara Tanja Tatjana Teodora
Tijana Vesna Višnja Zorica Željka Aleksandar Bojan Branislav Branko Dalibor Darko Dejan Dimitrije Dragan Dragoslav Dušan
Đorđe Goran Igor Ivan Jovan Lazar Luka Marko Mihajlo Milan Miloš Milorad Miodrag Miroslav Mladen Nebojša Nemanja Nenad
Nikola Novak Petar Predrag Radovan Rastko Saša Slavko Slobodan Srđan Stefan Stevan Strahinja Svetozar Uroš Veljko
Vladimir Vojislav Zoran Željko Živojin
"""
_ARABIC = """
Abdallah Abdulrahman Adnan Ahmad Ahmed Aisha Aïcha Alaa Amina Anwar Asma Aziza Bassel Bilal Bushra Dalia Dima
Dina Fadi Faisal Fatima Fatma Firas Ghada Ghassan Hadi Haifa Hala Halima Hamza Hanan Hasan Hassan Hiba Huda
Hussein Ibrahim Iman Ismail Jamal Jamila Karim Kawthar Khadija Khaled Khalid Lamia Layla Leila Lina Lubna Mahmoud Majid
Malak Manal Mariam Maryam Mohamed Mohammad Mohammed Mona Muhammad Mustafa Nabil Nadia Nadine Najla Nasreen Nawal Nour
Omar Osama Othman Qasim Rania Rami Rana Rasha Reem Rima Ruqayya Saad Safiya Said Salma Samar Samer Sami Samira Sanaa
Shaima Sohail Suad Sumaya Tariq Wafaa Walid Warda Yara Yasmin Yasmine Youssef Yusuf Zahra Zainab Zaynab Zeinab Ziad
فاطمة عائشة خديجة زينب مريم رانيا دينا نادية سارة أمينة حليمة رقية صفية سمية هيفاء لمياء رشا ديما جمانة رغد غادة سعاد
نجلاء شيماء سلمى لينا رنا ريما سناء لبنى نوال سميرة محمد أحمد محمود يوسف إبراهيم عثمان مصطفى بلال حمزة حسين إسماعيل
طارق عبدالله عبدالرحمن ياسر باسل فراس غسان وليد زياد فيصل عدنان أسامة
"""

FIRST_NAMES = frozenset(
    fold(name)
    for names in (_GERMAN, _ENGLISH_AND_WEST_AFRICAN, _FRENCH, _SPANISH, _SERBIAN, _ARABIC)
    for name in names.split()
)
